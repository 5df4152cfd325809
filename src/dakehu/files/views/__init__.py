"""Screens of files; one module for each way in or out."""
