"""What the pages of opportunities gather."""
