"""What the screens of channels show."""
