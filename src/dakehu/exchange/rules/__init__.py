"""Rules of the daily exchange: names, manifests, dialects, send numbers, receipts (F5)."""
