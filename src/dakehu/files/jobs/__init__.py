"""Background work with files; one module for each way."""
