"""What the screens of files show; one module for each way."""
