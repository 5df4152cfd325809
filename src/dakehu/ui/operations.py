"""Keeping and dropping what a person set up for themselves; only ever their own."""

from collections.abc import Sequence

from django.db import transaction

from dakehu.ui.actors import Actor
from dakehu.ui.models import ColumnSet, SavedView


@transaction.atomic
def save_view(*, screen: str, name: str, query: str, is_default: bool, by: Actor) -> SavedView:
    """Keep a list under ``name``; a view of that name is replaced.

    There is one default view per person and list, so making one the default unmakes the other.
    """
    if is_default:
        SavedView.objects.filter(owner_id=by.pk, screen=screen).update(is_default=False)
    view, _created = SavedView.objects.update_or_create(
        owner_id=by.pk,
        screen=screen,
        name=name,
        defaults={"query": query, "is_default": is_default},
    )
    return view


def delete_view(*, number: int, by: Actor) -> int:
    """Drop one of the person's own views; return how many went, 0 or 1."""
    deleted, _by_model = SavedView.objects.filter(owner_id=by.pk, pk=number).delete()
    return deleted


def choose_columns(*, screen: str, columns: Sequence[str], by: Actor) -> None:
    """Keep which columns a person wants to see; none means the list's own choice again."""
    ColumnSet.objects.update_or_create(
        owner_id=by.pk, screen=screen, defaults={"columns": list(columns)}
    )
