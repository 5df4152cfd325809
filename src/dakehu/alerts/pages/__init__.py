"""What the pages of alerts, numbers, trials and records show."""
