"""What the dispatch board shows: engineers' days, what waits, and whom to send (R5, R6)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from dakehu.cases.choices import ORDER_TONES, PRIORITY_TONES, PURPOSE_ICONS, Judgement
from dakehu.cases.pages.orders import is_late
from dakehu.cases.queries import engineers as field
from dakehu.cases.queries import orders as order_queries
from dakehu.cases.queries.levels import level_of
from dakehu.cases.rules.dispatching import load_of, proposal_for
from dakehu.cases.values import Engineer, Judged, Stint
from dakehu.tiering.choices import Grade

if TYPE_CHECKING:
    from dakehu.cases.models import WorkOrder
    from dakehu.people.models import Staff

FIRST_HOUR, LAST_HOUR = 8, 18
SLOT = 30
FREE, OFF, AWAY, TAKEN = "free", "off", "away", "order"
SOON = timedelta(hours=2)


@dataclass(frozen=True)
class Cell:
    """Some half hours of an engineer's day: free, off, on leave, or an order."""

    kind: str
    span: int
    order: Any = None
    tone: str = ""
    icon: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class Row:
    """An engineer's day on the board."""

    person: Any
    skills: list[str]
    load: str
    count: int
    cells: list[Cell]


@dataclass(frozen=True)
class Waiting:
    """An order that waits for an engineer, as a card."""

    order: Any
    icon: str
    tone: str
    due_at: Any
    due_tone: str
    is_on_day: bool


@dataclass(frozen=True)
class Board:
    """The dispatch board of a day."""

    day: date
    is_today: bool
    before: date
    after: date
    hours: list[int]
    rows: list[Row]
    waiting: list[Waiting]
    trouble: str = ""


def board_of(actor: "Staff", day: date, *, at: datetime, trouble: str = "") -> Board:
    """Gather the board of a day for a dispatcher."""
    people = list(field.engineers_for(actor))
    known = {each.key: each for each in field.days_of(people, day)}
    orders = field.orders_on(known, day)
    first, last = hours_of([order for some in orders.values() for order in some])
    slots = slots_of(day, first, last)
    one = timedelta(days=1)
    return Board(
        day=day,
        is_today=day == localdate(at),
        before=day - one,
        after=day + one,
        hours=list(range(first, last)),
        rows=[
            row_of(person, known[person.pk], orders[person.pk], slots, localdate(at))
            for person in people
        ],
        waiting=[card_of(order, day, at) for order in order_queries.waiting_orders(actor)],
        trouble=trouble,
    )


def hours_of(orders: list[Any]) -> tuple[int, int]:
    """Return from which hour to which the board reaches: the usual ones, and all of the orders."""
    firsts = [localtime(order.starts_at).hour for order in orders]
    lasts = [-(-minute_of(order.ends_at) // 60) for order in orders]
    return min([FIRST_HOUR, *firsts]), max([LAST_HOUR, *lasts])


def minute_of(at: datetime) -> int:
    """Return the minute of the day; midnight is the end of the day before."""
    there = localtime(at)
    return there.hour * 60 + there.minute or 24 * 60


def slots_of(day: date, first: int, last: int) -> list[Stint]:
    """Return the half hours of a day between two hours."""
    start = field.bounds_of(day).start
    return [
        Stint(start + timedelta(minutes=minute), start + timedelta(minutes=minute + SLOT))
        for minute in range(first * 60, last * 60, SLOT)
    ]


def row_of(
    person: Any, known: Engineer, orders: list[Any], slots: list[Stint], today: date
) -> Row:
    """Return an engineer's day, half hours of one kind as one cell."""
    cells: list[Cell] = []
    for slot in slots:
        order = next((o for o in orders if slot.touches(Stint(o.starts_at, o.ends_at))), None)
        kind = TAKEN if order else kind_of(known, slot)
        last = cells[-1] if cells else None
        if last and last.kind == kind and last.order == order:
            cells[-1] = Cell(
                kind, last.span + 1, order, last.tone, last.icon, is_late=last.is_late
            )
        elif order:
            tone, icon = ORDER_TONES[order.state], PURPOSE_ICONS[order.purpose]
            cells.append(Cell(kind, 1, order, tone, icon, is_late=is_late(order, today)))
        else:
            cells.append(Cell(kind, 1))
    return Row(person, sorted(known.skills), hours_words(load_of(known)), len(orders), cells)


def kind_of(known: Engineer, slot: Stint) -> str:
    """Tell what an engineer's half hour without an order is."""
    if any(slot.touches(each) for each in known.away):
        return AWAY
    return FREE if any(slot.touches(each) for each in known.works) else OFF


def hours_words(minutes: int) -> str:
    """Return a load in hours."""
    return _("%(hours)s h") % {"hours": f"{minutes / 60:.1f}".removesuffix(".0")}


def card_of(order: "WorkOrder", day: date, at: datetime) -> Waiting:
    """Return an order that waits as a card: how urgent, and until when."""
    due = order.case.due_at if order.case else None
    tone = "neutral"
    if due is not None:
        tone = "danger" if due < at else ("warning" if due - at < SOON else "neutral")
    return Waiting(
        order=order,
        icon=PURPOSE_ICONS[order.purpose],
        tone=PRIORITY_TONES[order.priority],
        due_at=due,
        due_tone=tone,
        is_on_day=localdate(order.starts_at) == day,
    )


@dataclass(frozen=True)
class Candidate:
    """Somebody who could be sent, with why they are proposed or passed over."""

    person: Any
    is_proposed: bool
    is_able: bool
    why: str
    load: str
    skills: list[str]


@dataclass(frozen=True)
class Choice:
    """Everybody who could get an order, the fittest first, and who is proposed."""

    order: Any
    candidates: list[Candidate]
    proposed: int | None


def choice_for(actor: "Staff", order: "WorkOrder", *, at: datetime) -> Choice:
    """Gather whom to send for an order, with the reasons (R6)."""
    people = {person.pk: person for person in field.engineers_for(actor, order)}
    known = {
        each.key: each
        for each in field.days_of(list(people.values()), field.day_on(order), beside=order.pk)
    }
    need = field.need_of(order, is_key=grade_of(order, at) == Grade.TOP)
    proposal = proposal_for(need, list(known.values()))
    return Choice(
        order=order,
        candidates=[
            Candidate(
                person=people[each.key],
                is_proposed=each.key == proposal.chosen,
                is_able=each.is_able,
                why=why_words(each),
                load=hours_words(each.load),
                skills=sorted(known[each.key].skills),
            )
            for each in proposal.judged
        ],
        proposed=proposal.chosen,
    )


def grade_of(order: "WorkOrder", at: datetime) -> str:
    """Return how high the customer of an order stands: as when its case was opened, else now."""
    return order.case.grade if order.case else level_of(order.customer, at=at)[1]


def why_words(judged: Judged) -> str:
    """Say why somebody is proposed or passed over."""
    words = []
    for reason in judged.reasons:
        label = str(Judgement(reason).label)
        if reason == Judgement.SKILL:
            label = _("lacks %(skills)s") % {"skills": _(", ").join(judged.lacking)}
        words.append(label)
    return _("; ").join(words)
