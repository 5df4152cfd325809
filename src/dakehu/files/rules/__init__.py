"""What cells mean, and which heading belongs to which column: values in, values out."""
