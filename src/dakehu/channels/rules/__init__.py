"""Rules of channels: bodies of the matrix, gaps, routing."""
