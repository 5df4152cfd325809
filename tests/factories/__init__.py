"""Test data: one factory per model, and people who stay the same in every test."""
