"""The nightly run and the loading of history: what happens when, and what is told about it."""
