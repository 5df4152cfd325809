"""Screens of care."""
