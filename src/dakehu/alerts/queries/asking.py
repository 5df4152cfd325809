"""How alerts ask people for work, and which alerts stand on one card (P7)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from dakehu.alerts.choices import REPORTED, SOURCE, AlertState
from dakehu.alerts.models import Alert, AskingRule
from dakehu.alerts.queries.reading import alerts_open_to
from dakehu.alerts.rules.ranking import Card, QuietHours, rank_of
from dakehu.common.batches import batched
from dakehu.tiering.queries import ranks_of
from dakehu.worklist.queries import held_todos

if TYPE_CHECKING:
    from dakehu.people.models import Staff

BATCH = 500
UNTOUCHED = Q(state=AlertState.NEW, cleared_day__isnull=True)


def asking_rule() -> AskingRule:
    """Return how alerts ask; an unsaved row with the defaults until somebody sets it."""
    return AskingRule.objects.first() or AskingRule()


def new_asking_rule(values: Mapping[str, Any]) -> AskingRule:
    """Return how alerts would ask, as a row that is not stored."""
    return AskingRule(**values)


def quiet_hours(rule: AskingRule) -> QuietHours | None:
    """Return the quiet hours, if there are any."""
    if rule.quiet_from is None or rule.quiet_to is None:
        return None
    return QuietHours(rule.quiet_from, rule.quiet_to)


def is_overdue(rule: AskingRule, *, at: datetime) -> bool:
    """Tell whether quiet hours ended and nobody has opened since what they kept."""
    quiet = quiet_hours(rule)
    if quiet is None:
        return False
    return rule.arranged_at is None or rule.arranged_at < quiet.ended_before(localtime(at))


def on_card(alert: Alert) -> QuerySet[Alert]:
    """Return the other alerts on the card of an alert: of its customer, untouched, holding."""
    number = alert.card or alert.pk
    same = Q(card=number) | Q(pk=number)
    return Alert.objects.filter(same, UNTOUCHED).exclude(pk=alert.pk).order_by("rule", "pk")


def members_of(cards: Iterable[int]) -> QuerySet[Alert]:
    """Return the untouched alerts that some to-dos stand for."""
    numbers = list(cards)
    return Alert.objects.filter(Q(card__in=numbers) | Q(pk__in=numbers), UNTOUCHED)


def card_alerts_open_to(actor: "Staff", alert: Alert) -> QuerySet[Alert]:
    """Return the other alerts on a card that the actor may open."""
    return alerts_open_to(actor).filter(pk__in=on_card(alert).values("pk")).order_by("rule", "pk")


def ranked_cards(todos: Any) -> list[Card]:
    """Return the cards behind some to-dos that nobody has touched, the first to handle first."""
    rows = list(todos.values_list("source_id", "urgency", "due_date", "customer_id", "facts"))
    untouched = set(untouched_among(todos))
    levels = ranks_of([row[3] for row in rows if row[3] is not None])
    cards = [
        Card(
            number=number,
            urgency=urgency,
            due=due,
            level=levels.get(customer, 0),
            warnings=1 + len(str(facts.get("also", "")).split(",")) * bool(facts.get("also")),
        )
        for number, urgency, due, customer, facts in rows
        if number in untouched
    ]
    return sorted(cards, key=rank_of)


def untouched_among(todos: Any) -> Iterator[int]:
    """Yield the cards behind some to-dos that nobody has touched, and that may be kept."""
    for batch in batched(list(todos.values_list("source_id", flat=True)), BATCH):
        found = Alert.objects.filter(UNTOUCHED, pk__in=batch).exclude(rule__in=REPORTED)
        yield from found.values_list("pk", flat=True)


def held_cards(actor: "Staff") -> list[Any]:
    """Return the actor's own cards that are kept for later, the first to handle first."""
    held = held_todos(actor).filter(source=SOURCE)
    todos = {todo.source_id: todo for todo in held}
    return [todos[card.number] for card in ranked_cards(held)]
