"""Settings, roles, addresses and the console entry: the only floor that knows all others."""
