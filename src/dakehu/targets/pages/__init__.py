"""What the pages of target groups show."""
