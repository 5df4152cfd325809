"""Where a masked value stands on a page."""

from typing import Any


def place_of(holder: Any, value: str) -> str:
    """Return what tells a masked value from all others on a page: model, number and field."""
    return f"{holder._meta.model_name}-{holder.pk}-{value}"
