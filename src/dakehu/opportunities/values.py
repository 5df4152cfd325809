"""Values of opportunities: what is taken in, what a candidate is judged by, what is agreed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from dakehu.channels.values import Named


@dataclass(frozen=True)
class Elements:
    """What is known beyond the products: the six elements as they were told (OP2)."""

    company: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    key_person: str = ""
    need_kind: str = ""
    present: str = ""
    expected_fen: int | None = None
    source: str = ""


@dataclass(frozen=True)
class NewContact:
    """
    A contact as a channel obtained it.

    ``customer`` is None for a prospect, whose ``area`` then says where they are. ``request_id``
    names the contact for whoever sends it: sent again it is the same.
    """

    channel: str
    text: str = ""
    named: tuple[Named, ...] = ()
    has_specifics: bool = False
    plans: bool = False
    is_willing: bool = False
    in_person: bool = False
    customer: Any = None
    area: Any = None
    elements: Elements = Elements()
    request_id: str = ""


@dataclass(frozen=True)
class Begun:
    """What is known of an opportunity before somebody types, where something else led to it."""

    customer: Any
    text: str = ""
    products: tuple[str, ...] = ()
    words: str = ""
    back: str = ""


@dataclass(frozen=True)
class Able:
    """Somebody to whom the operations center could give an opportunity, and what is known."""

    key: int
    is_manager: bool = False
    serves_area: bool = False
    is_near: bool = False
    is_authorised: bool = False
    is_away: bool = False
    is_full: bool = False
    had_it: bool = False
    open_count: int = 0


@dataclass(frozen=True)
class Judged:
    """Somebody with what speaks for and against them."""

    able: Able
    reasons: tuple[str, ...]
    is_fit: bool


@dataclass(frozen=True)
class Parts:
    """What a solution says: the technical and the commercial part, and its price."""

    technical: str
    commercial: str = ""
    price_fen: int | None = None


@dataclass(frozen=True)
class Terms:
    """What a contract says: number, value, term, and when its end is to be thought of."""

    number: str
    value_fen: int
    starts_on: date
    ends_on: date
    notice_days: int = 60
    terms: str = ""


@dataclass(frozen=True)
class Wording:
    """The words of solutions: of which product, under which name, with named places."""

    name: str
    product: str
    technical: str
    commercial: str = ""


@dataclass(frozen=True)
class Stamps:
    """Which days the stamps of the two sides bear."""

    ours_on: date
    theirs_on: date


@dataclass(frozen=True)
class Visited:
    """
    What came of a return visit after a sale.

    ``left_open`` becomes what ``remedy`` says; an order of support also asks ``need`` and until
    when it is wanted. ``next_need`` becomes an opportunity.
    """

    form: str
    is_reached: bool = True
    satisfaction: int | None = None
    opinion: str = ""
    left_open: str = ""
    remedy: str = "TODO"
    need: str = ""
    wanted_on: date | None = None
    next_need: str = ""
