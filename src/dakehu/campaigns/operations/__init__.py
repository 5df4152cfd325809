"""What changes campaigns: drafting, releasing, calling, sending, what happens by itself."""
