"""What the screens of customers show."""
