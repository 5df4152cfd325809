"""Values of channels: products, the body of the matrix, facts of a contact, and the decision."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dakehu.channels.choices import (
    Activity,
    Channel,
    Class,
    Fulfilment,
    Kind,
    Mark,
    Outcome,
    Part,
    ProductKind,
    Stage,
    Way,
    Why,
)
from dakehu.clocks.values import Standard


@dataclass(frozen=True)
class Product:
    """
    A product: what it is, how it comes about.

    ``codes`` are what the cities' files call it, ``papers`` what has to be there before it is
    ordered.
    """

    code: str
    name: str
    name_en: str
    kind: ProductKind = ProductKind.STANDARD
    is_complex: bool = False
    fulfilment: Fulfilment = Fulfilment.ORDER
    price_note: str = ""
    is_sticky: bool = False
    is_retired: bool = False
    codes: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Capability:
    """What a channel does with a product: completes by mark, and the rest otherwise."""

    marks: Mapping[Activity, Mark] = field(default_factory=dict)
    otherwise: Way = Way.REFER


@dataclass(frozen=True)
class Body:
    """What one version says: products, capabilities, parts in stages, claim limits."""

    products: Mapping[str, Product]
    capabilities: Mapping[Channel, Mapping[str, Capability]]
    stages: Mapping[Channel, Mapping[Stage, Part]]
    limits: Mapping[Class, Standard]

    def capability(self, channel: Channel, product: str) -> Capability:
        """Return what a channel does with a product; a row that is missing passes on."""
        return self.capabilities.get(channel, {}).get(product, Capability())


@dataclass(frozen=True)
class Named:
    """A product that the customer named, and what is to be done with it."""

    product: str
    activity: Activity = Activity.OPEN


def named_to_data(named: tuple[Named, ...]) -> list[list[str]]:
    """Return what was named as plain data."""
    return [[each.product, Activity(each.activity).value] for each in named]


def named_from_data(data: Iterable[Sequence[str]]) -> tuple[Named, ...]:
    """Return what was named, from plain data."""
    return tuple(Named(product, Activity(activity)) for product, activity in data)


@dataclass(frozen=True)
class Candidate:
    """Somebody who could take over; ``deputy`` stands in while they are away."""

    key: int
    name: str
    is_active: bool = True
    is_away: bool = False
    deputy: "Candidate | None" = None
    is_full: bool = False
    open_count: int = 0
    authorities: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Facts:
    """Everything that a decision looks at, and nothing else."""

    channel: Channel
    named: tuple[Named, ...] = ()
    has_specifics: bool = False
    plans: bool = False
    is_willing: bool = False
    customer_class: Class = Class.PROSPECT
    in_person: bool = False
    authorities: frozenset[str] = frozenset()
    manager: Candidate | None = None
    partners: tuple[Candidate, ...] = ()
    telephone: Candidate | None = None


@dataclass(frozen=True)
class PassedOver:
    """A candidate who was not taken, and why."""

    candidate: Candidate
    why: Why


@dataclass(frozen=True)
class Decision:
    """
    What is decided, by which rule of the specification (0: nothing is routed), and why.

    ``follow_up`` is the core partner who hears of what a hall completed, ``watcher`` the telephone
    manager who looks on, ``helper`` the partner who may be added; ``beyond`` names the products
    outside the receiver's authority, ``direct`` those that the contact channel may complete.
    """

    kind: Kind
    outcome: Outcome
    rule: int = 0
    receiver: Candidate | None = None
    stands_in_for: Candidate | None = None
    follow_up: Candidate | None = None
    watcher: Candidate | None = None
    helper: Candidate | None = None
    limit: Standard | None = None
    passed_over: tuple[PassedOver, ...] = ()
    beyond: tuple[str, ...] = ()
    direct: tuple[str, ...] = ()
