"""Measurements of Dakehu against what the machine itself can do; `make bench` runs them all."""
