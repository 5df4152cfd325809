"""Words of time, text, money and files that every floor may use; no Django."""
