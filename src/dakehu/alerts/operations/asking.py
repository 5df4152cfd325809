"""What alerts ask of people: to-dos that come, follow their alert and go with it (P7)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db import connection, transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from dakehu.alerts.choices import REPORTED, SOURCE, AlertState
from dakehu.alerts.models import Alert
from dakehu.alerts.operations.arranging import arrange_cards
from dakehu.alerts.queries import Books
from dakehu.alerts.queries.asking import UNTOUCHED, asking_rule
from dakehu.alerts.queries.evidence import alert_facts
from dakehu.alerts.rules.duties import Duty, duty_for
from dakehu.common.batches import batched
from dakehu.worklist.operations import cancel_todos, open_todos
from dakehu.worklist.queries import open_source_ids
from dakehu.worklist.values import Ask

BATCH = 2_000
ASKED_OF = (
    "rule",
    "customer_id",
    "owner_id",
    "unit_id",
    "opened_day",
    "last_day",
    "a",
    "b",
    "card",
    "numbers_version",
    "place",
)


@dataclass(frozen=True)
class Asked:
    """How many to-dos were opened and how many are no longer needed."""

    opened: int
    cancelled: int


@transaction.atomic
def ask_owners(*, at: datetime) -> Asked:
    """
    Bring the to-dos of all alerts up to date; doing it twice changes nothing.

    New alerts that go on are asked of their owner, or of the unit where nobody owns them; those of
    one customer stand on one card. What cleared or was withdrawn before anybody touched it is no
    longer asked for. Alerts that nobody has touched follow a customer who got another manager or
    unit. Beyond what a person can do, and in quiet hours, cards are kept for later.
    """
    _follow_managers()
    opened = open_todos(source=SOURCE, asks=asks_of(Alert.objects.filter(UNTOUCHED)), at=at)
    cancelled = 0
    for batch in batched(open_source_ids(SOURCE), BATCH):
        cancelled += cancel_todos(source=SOURCE, source_ids=_needless(batch), at=at)
    arrange_cards(at=at)
    return Asked(opened=opened, cancelled=cancelled)


@transaction.atomic
def ask_about(customers: Iterable[int], *, at: datetime) -> None:
    """Bring the to-dos of the alerts of some customers up to date, after somebody acted."""
    wanted = Alert.objects.filter(UNTOUCHED, customer__in=list(customers))
    open_todos(source=SOURCE, asks=asks_of(wanted), at=at)


def _follow_managers() -> None:
    """Let untouched alerts follow their customer; ``version`` 1 means nobody gave them away."""
    untouched = Alert.objects.filter(state=AlertState.NEW, cleared_day__isnull=True, version=1)
    manager, unit = F("customer__manager_id"), F("customer__unit_id")
    changed = untouched.filter(
        Q(customer__manager__isnull=False)
        & (Q(owner__isnull=True) | ~Q(owner_id=manager) | ~Q(unit_id=unit))
    )
    mine = Alert.objects.filter(pk=OuterRef("pk"))
    changed.update(
        owner_id=Subquery(mine.values("customer__manager_id")),
        unit_id=Subquery(mine.values("customer__unit_id")),
    )


def asks_of(wanted: QuerySet[Alert]) -> Iterator[Ask]:
    """
    Yield what untouched alerts ask for, card by card, and note on them which card they are on.

    What another system reported rang at somebody's page, and keeps the to-do that it rang for.
    """
    books, merges = Books(), asking_rule().merges
    rows = wanted.order_by("customer_id", "owner_id", "pk").only(*ASKED_OF).iterator()
    by_owner = groupby(rows, lambda alert: (alert.customer_id, alert.owner_id))
    cards = (card for _, alerts in by_owner for card in _cards(list(alerts), merges=merges))
    for batch in batched(cards, BATCH):
        moved: list[tuple[int, int]] = []
        for card in batch:
            yield _ask(card, books, moved)
        _put_on_cards(moved)


def _cards(alerts: Sequence[Alert], *, merges: bool) -> list[list[Alert]]:
    """Return a customer's alerts of one owner as they stand on cards."""
    together = [alert for alert in alerts if merges and alert.rule not in REPORTED]
    apart = [[alert] for alert in alerts if alert not in together]
    return [*([together] if together else []), *apart]


def _ask(alerts: Sequence[Alert], books: Books, moved: list[tuple[int, int]]) -> Ask:
    """Return what a card asks for: the most urgent of its warnings in words, the others named."""
    duties = {alert.pk: _duty(alert) for alert in alerts}
    ranked = sorted(alerts, key=lambda alert: _first(alert, duties[alert.pk]))
    leader, others = ranked[0], ranked[1:]
    number = _number(alerts)
    moved += [(number, alert.pk) for alert in alerts if alert.card != number]
    facts = alert_facts(leader, books)
    if others:
        facts["also"] = ",".join(sorted(alert.rule for alert in others))
    return Ask(
        source_id=number,
        facts=facts,
        customer_id=leader.customer_id,
        owner_id=leader.owner_id,
        unit_id=leader.unit_id,
        urgency=duties[leader.pk].urgency,
        due_date=min(duty.due for duty in duties.values()),
    )


def _number(alerts: Sequence[Alert]) -> int:
    """Return the number of a card: that of its oldest alert, as long as it is on the card."""
    own = {alert.pk for alert in alerts}
    known = [alert.card for alert in alerts if alert.card in own]
    return min([*filter(None, known)] or own)


def _duty(alert: Alert) -> Duty:
    return duty_for(alert.rule, opened=alert.opened_day, last=alert.last_day, a=alert.a)


def _first(alert: Alert, duty: Duty) -> tuple[int, date, str]:
    return duty.urgency, duty.due, alert.rule


def _put_on_cards(moved: Sequence[tuple[int, int]]) -> None:
    if moved:
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {Alert._meta.db_table} SET card = %s WHERE id = %s", list(moved)
            )


def _needless(numbers: list[int]) -> list[int]:
    """Return the to-dos that no untouched alert stands behind, and that nobody has put off."""
    on_cards = Alert.objects.filter(UNTOUCHED, card__in=numbers).values_list("card", flat=True)
    touched = Alert.objects.filter(
        pk__in=numbers, state__in=[AlertState.FOLLOW_UP, AlertState.HANDLED]
    )
    needed = {*on_cards, *touched.values_list("pk", flat=True)}
    return sorted(set(numbers) - needed)
