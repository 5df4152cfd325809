"""Screens of tiering."""
