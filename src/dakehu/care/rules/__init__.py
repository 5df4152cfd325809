"""What would be equally true on paper."""
