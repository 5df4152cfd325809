"""Screens of the worklist app."""
