"""Screens of the clocks app."""
