"""What the demonstration refuses to do."""


class UnableToSimulate(ValueError):
    """The plan of a province contradicts itself, or its folder already holds deliveries."""
