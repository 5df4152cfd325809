"""What the exchange changes in the records: runs, deliveries, live facts, figures (F5, F7)."""
