"""What the app shows on its addresses."""
