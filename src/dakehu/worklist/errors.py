"""Refusals of the to-do centre."""


class UnableToHandOver(Exception):
    """The person may not be given work by this one."""
