"""What the pages of roles show (M5)."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from dakehu.people import queries
from dakehu.people.choices import CONTEXT_WORDS, ROLES, VERB_WORDS, Scope
from dakehu.people.pages.files import change_lines
from dakehu.people.values import Role

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@dataclass(frozen=True)
class RoleLine:
    """One role of the list: how far it reaches, how much it permits, how many hold it."""

    role: Role
    scope: str
    is_own_made: bool
    is_retired: bool
    holders: int


@dataclass(frozen=True)
class Cell:
    """One permission of the grid, in words."""

    permission: str
    words: str
    is_ticked: bool
    is_open: bool


@dataclass(frozen=True)
class GridRow:
    """What a role permits about one subject."""

    subject: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class RolePage:
    """One role: what it permits, who holds it, and what can be done with it."""

    role: Role
    scope: str
    like: str
    rows: list[GridRow]
    holders: int
    stored: Any
    is_held_by_actor: bool
    changes: list[Any]


def role_lines() -> list[RoleLine]:
    """Gather every role: the file's, then those made on screen, retired ones last."""
    holders = queries.holders_by_role()
    stored = sorted(queries.stored_roles(), key=lambda each: each.removed_at is not None)
    return [
        *(line_of(role, holders) for role in ROLES.values()),
        *(
            line_of(each.as_role(), holders, made=True, retired=each.removed_at is not None)
            for each in stored
        ),
    ]


def line_of(
    role: Role, holders: dict[str, int], *, made: bool = False, retired: bool = False
) -> RoleLine:
    """Return the line of one role."""
    count = holders.get(role.code, 0)
    return RoleLine(role, str(Scope(role.scope).label), made, retired, count)


def grid(ticked: AbstractSet[str], own: AbstractSet[str]) -> list[GridRow]:
    """Return the grid of all permissions, subjects down and what they allow across."""
    known = queries.known_permissions()
    rows = []
    for context, subject in CONTEXT_WORDS.items():
        verbs = [verb for verb in VERB_WORDS if f"{context}.{verb}" in known]
        names = [(f"{context}.{verb}", str(VERB_WORDS[verb])) for verb in verbs]
        cells = tuple(Cell(name, words, name in ticked, name in own) for name, words in names)
        if cells:
            rows.append(GridRow(str(subject), cells))
    return rows


def role_page(actor: "Staff", role: Role) -> RolePage:
    """Gather one role."""
    stored = None if role.code in ROLES else queries.get_stored_role(role.code)
    like = ROLES.get(role.like)
    labels = {
        "name": _("Name"),
        "description": _("What it is for"),
        "scope": _("Reach"),
        "permissions": _("Permissions"),
        "like": _("Modelled on"),
        "code": _("Code"),
    }
    return RolePage(
        role=role,
        scope=str(Scope(role.scope).label),
        like=str(like.name) if like else "",
        rows=grid(role.permissions, frozenset()),
        holders=queries.holders_by_role().get(role.code, 0),
        stored=stored,
        is_held_by_actor=actor.role == role.code,
        changes=change_lines(stored, labels) if stored else [],
    )
