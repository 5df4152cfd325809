"""What the pages of tiering show."""
