"""Screens of opportunities."""
