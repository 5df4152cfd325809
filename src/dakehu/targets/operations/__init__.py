"""What changes target groups, their members and their hand-outs (T23)."""
