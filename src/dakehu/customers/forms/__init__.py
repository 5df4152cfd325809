"""What people type about customers."""
