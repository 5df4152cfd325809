"""Whose account somebody may manage (F12)."""

from typing import TYPE_CHECKING

from dakehu.people.policies import may, role_of
from dakehu.signin.errors import UnableToManageMorePowerful, UnableToManageOneself

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def require_manageable(person: "Staff", *, by: "Staff") -> None:
    """
    Pass in silence if ``by`` may open, close and reset this account.

    Who could reset the password of somebody with more rights would have those rights. Whoever
    may handle roles could take any right anyway, and may manage every account.

    :raises UnableToManageOneself: if it is their own.
    :raises UnableToManageMorePowerful: if the person may do something that ``by`` may not.
    """
    if person.pk == by.pk:
        raise UnableToManageOneself
    if may(by, "people.roles"):
        return
    theirs, mine = role_of(person), role_of(by)
    if not theirs.permissions <= mine.permissions or reaches_further(theirs.scope, mine.scope):
        raise UnableToManageMorePowerful


def reaches_further(scope: str, than: str) -> bool:
    """Tell whether a scope reaches over everything and another one does not."""
    return scope == "ALL" != than
