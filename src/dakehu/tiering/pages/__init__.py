"""What the screens of tiering show."""
