"""What the pages of the desk show: the desk reads everything and writes nothing."""
