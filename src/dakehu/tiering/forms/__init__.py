"""What people type about tiers."""
