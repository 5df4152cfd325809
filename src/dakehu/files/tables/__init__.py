"""Columns of the lists of files; one module for each way."""
