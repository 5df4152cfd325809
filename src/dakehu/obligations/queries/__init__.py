"""What is owed, what was done, what is provided; the front door of obligations."""

from dakehu.obligations.queries.boards import (
    obligations_for,
    obligations_of,
    provisions_for,
    trials_for,
)

__all__ = ["obligations_for", "obligations_of", "provisions_for", "trials_for"]
