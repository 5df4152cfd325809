"""Values of the people app."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class NewStaff:
    """Who is to be added: log-in name, name, role code, and the manager number if there is one."""

    username: str
    name: str
    role: str
    staff_no: str | None = None


@dataclass(frozen=True)
class Role:
    """One role: its code, names, what it is for, its reach and its permissions (M5).

    ``name`` and ``description`` are text, or text that is translated when shown. ``like`` is the
    code of the file's role on which one made on screen is modelled: where work goes by the kind
    of role, it goes by that.
    """

    code: str
    name: Any
    description: Any
    scope: str
    permissions: frozenset[str]
    like: str = ""

    @property
    def kind(self) -> str:
        """The code of the file's role that this one is, or is modelled on."""
        return self.like or self.code


@dataclass(frozen=True)
class RoleDraft:
    """What the operator says of a role (M5)."""

    name: str
    description: str
    scope: str
    permissions: frozenset[str]
    like: str = ""


@dataclass(frozen=True)
class NewShare:
    """To whom something is shown beyond their scope, until when (exclusive), and why."""

    staff: Any
    until: datetime
    reason: str


@dataclass(frozen=True)
class Shareable:
    """
    How one kind of thing is shown to somebody beyond their scope, told by its own app.

    ``find`` takes the actor and a number, and raises Http404; ``give`` shares it; ``subjects``
    names everything by whose share it is seen, as pairs of kind and number; ``url`` leads to its
    page. ``title`` has a place for its name. ``permission`` is asked to see who sees it.
    """

    kind: str
    title: Any
    permission: str
    find: Callable[[Any, int], Any]
    give: Callable[..., Any]
    subjects: Callable[[Any], list[tuple[str, int | None]]]
    url: Callable[[int], str]


@dataclass(frozen=True)
class Held:
    """What hangs on a person or unit: in words with its number, and where to hand it over."""

    words: str
    url: str


@dataclass(frozen=True)
class Holding:
    """
    A kind of thing that hangs on a person (``staff``) or a unit (``unit``), told by its own app.

    ``count`` says how many hang on a record, ``words`` says that number in the language of the
    page, ``url`` leads to where they can be handed over.
    """

    name: str
    subject: str
    count: Callable[[Any], int]
    words: Callable[[int], str]
    url: Callable[[Any], str]


@dataclass(frozen=True)
class Revealable:
    """
    A kind of record whose personal values may be asked for in plain, told by its own app.

    ``kind`` is the model's label; ``find`` returns such a record for an actor who may see it in
    plain, and refuses all others as a page does; ``subject`` is the record at which the look is
    recorded; ``may`` says whether an actor sees plain values of a record within reach, and
    ``purposes`` which reasons count.
    """

    kind: str
    find: Callable[[Any, int], Any]
    subject: Callable[[Any], Any]
    may: Callable[[Any, Any], bool]
    purposes: tuple[str, ...]


@dataclass(frozen=True)
class NewUnit:
    """A unit to be added: its kind and function, what it is called, and its code if it has one.

    An empty code is made from the parent's and the name.
    """

    kind: str
    function: str
    name: str
    code: str = ""


@dataclass(frozen=True)
class Absence:
    """When somebody is away, from ``starts_at`` until before ``ends_at``, and who stands in."""

    starts_at: datetime
    ends_at: datetime
    deputy: Any = None
    reason: str = ""


@dataclass(frozen=True)
class Duty:
    """The part that a unit takes in a service; an empty part is none."""

    part: str = ""
    note: str = ""


NO_DUTY = Duty()
