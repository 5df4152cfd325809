"""Rules of target groups: who joins and drops out, and in which order people are asked."""
