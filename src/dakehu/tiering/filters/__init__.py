"""What the lists of tiering can be narrowed by."""
