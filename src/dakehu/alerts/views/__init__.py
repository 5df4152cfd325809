"""Screens of alerts, of the numbers of the warnings, of trials, records and settings."""
