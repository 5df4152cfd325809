"""When tiering's operations run."""
