"""Answers about care, for those who may see it."""
