"""What people type about files; one module for each way."""
