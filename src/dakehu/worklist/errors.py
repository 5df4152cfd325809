"""Refusals of the to-do centre."""


class UnableToCloseTodo(Exception):
    """The to-do is no longer open."""


class UnableToHandOver(Exception):
    """The person may not be given the to-do, or it is no longer open."""
