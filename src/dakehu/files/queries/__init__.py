"""Files in and out, for those who may see them; one module for each way."""
