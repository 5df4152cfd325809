"""What the pages of the service desk show."""
