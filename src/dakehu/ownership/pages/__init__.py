"""What the pages of ownership show, gathered as values."""
