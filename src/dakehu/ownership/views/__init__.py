"""Screens of ownership: changes, the pool, proposals, loads, what was handed over."""
