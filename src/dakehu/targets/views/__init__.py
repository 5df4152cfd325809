"""Screens of target groups."""
