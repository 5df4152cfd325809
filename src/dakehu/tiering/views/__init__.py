"""Screens of tiering: schemes, rules and their editor, measures, levels by hand, moves."""
