"""What is refused about channels, in words."""


class UnableToChangeMatrix(Exception):
    """A version of the matrix cannot be changed, proposed or published like that."""
