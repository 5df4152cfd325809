"""What changes records of care."""
