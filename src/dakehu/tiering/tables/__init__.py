"""Columns of the lists of tiering."""
