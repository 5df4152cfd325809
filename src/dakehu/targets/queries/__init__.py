"""Answers about target groups, for those who may see them (T23)."""
