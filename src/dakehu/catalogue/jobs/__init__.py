"""When the catalogue is set up."""
