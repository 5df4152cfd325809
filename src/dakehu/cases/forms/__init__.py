"""What is typed on the pages of the service desk."""
