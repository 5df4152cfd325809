"""What a person has kept of a list: saved views and chosen columns, always their own."""

from django.db.models import QuerySet

from dakehu.ui.actors import Actor
from dakehu.ui.models import ColumnSet, SavedView


def views_of(actor: Actor, screen: str) -> QuerySet[SavedView]:
    """Return the saved views of ``actor`` on a list, by name."""
    return SavedView.objects.filter(owner_id=actor.pk, screen=screen).order_by("name")


def default_view(actor: Actor, screen: str) -> SavedView | None:
    """Return the view that a list opens with, if the person named one."""
    return views_of(actor, screen).filter(is_default=True).first()


def chosen_columns(actor: Actor, screen: str) -> tuple[str, ...]:
    """Return the columns that ``actor`` chose for a list; none when they never chose."""
    chosen = ColumnSet.objects.filter(owner_id=actor.pk, screen=screen)
    return tuple(chosen.values_list("columns", flat=True).first() or ())
