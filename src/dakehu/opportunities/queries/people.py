"""People by their keys, for what was decided about them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def people_keyed(keys: Iterable[int]) -> "dict[int, Staff]":
    """Return people by their keys, with their units."""
    wanted = set(keys)
    if not wanted:
        return {}
    rows = get_user_model()._default_manager.select_related("unit")
    return rows.in_bulk(wanted)
