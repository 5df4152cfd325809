"""Screens of signing in: log-in's second step, one's own account, others' accounts."""
