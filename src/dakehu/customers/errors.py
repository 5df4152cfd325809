"""What the customers app refuses."""


class UnableToReveal(Exception):
    """The customer has no such value, or no purpose was given."""
