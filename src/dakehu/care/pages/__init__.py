"""What pages of care show."""
