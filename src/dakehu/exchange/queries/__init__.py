"""What the exchange knows: deliveries, runs and live facts (F5, F7)."""
