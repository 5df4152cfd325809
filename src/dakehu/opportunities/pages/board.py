"""The board of what is being sold: a column for each stage, cards within (OP14)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Sum
from django.utils.timezone import localdate

from dakehu.channels.queries.wording import newest_body
from dakehu.channels.values import Body
from dakehu.opportunities.choices import CLASS_TONES, STAGE_HELP, SalesStage
from dakehu.opportunities.pages.intake import wants_of
from dakehu.opportunities.policies import has_it
from dakehu.opportunities.queries import selling_visible_to
from dakehu.opportunities.rules.stages import next_stage, stages_from
from dakehu.ui.words import yuan

if TYPE_CHECKING:
    from dakehu.people.models import Staff

SHOWN = 20
STALE = timedelta(days=14)
MINE = "mine"
COLUMNS = tuple(each for each in SalesStage if each != SalesStage.DONE)


@dataclass(frozen=True)
class Card:
    """One opportunity on the board."""

    opportunity: Any
    wants: str
    class_tone: str
    expected: str
    is_stale: bool
    is_late: bool
    targets: str
    following: str
    following_label: str


@dataclass(frozen=True)
class Column:
    """One stage: its cards, how many there are, and what they are worth."""

    stage: str
    title: str
    about: str
    cards: list[Card]
    count: int
    worth: str


@dataclass(frozen=True)
class Board:
    """The board as one person sees it."""

    columns: list[Column]
    is_mine: bool
    trouble: str


def board_of(actor: "Staff", *, is_mine: bool, at: datetime, trouble: str = "") -> Board:
    """Gather what is being sold within reach, or what is the actor's alone."""
    rows = selling_visible_to(actor)
    if is_mine:
        rows = rows.filter(receiver=actor)
    sums = {
        stage: (count, worth)
        for stage, count, worth in rows.order_by()
        .values("stage")
        .annotate(n=Count("pk"), worth=Sum("expected_fen"))
        .values_list("stage", "n", "worth")
    }
    body = newest_body()
    columns = []
    for stage in COLUMNS:
        count, worth = sums.get(stage.value, (0, None))
        found: Sequence[Any] = (
            list(rows.filter(stage=stage).order_by("stage_at", "pk")[:SHOWN]) if count else []
        )
        cards = [card_of(actor, each, body, at=at) for each in found]
        columns.append(
            Column(
                stage.value,
                str(stage.label),
                str(STAGE_HELP[stage]),
                cards,
                count,
                yuan(worth) if worth else "",
            )
        )
    return Board(columns, is_mine, trouble)


def card_of(actor: "Staff", opportunity: Any, body: Body, *, at: datetime) -> Card:
    """Return one opportunity as a card; who may not move it gets no targets."""
    may_move = has_it(actor, opportunity)
    state, stage = opportunity.state, opportunity.stage
    following = next_stage(state, stage) if may_move else None
    return Card(
        opportunity=opportunity,
        wants=wants_of(body, opportunity),
        class_tone=CLASS_TONES[opportunity.customer_class],
        expected=yuan(opportunity.expected_fen) if opportunity.expected_fen else "",
        is_stale=bool(opportunity.stage_at and at - opportunity.stage_at > STALE),
        is_late=is_late(opportunity.expected_on, localdate(at)),
        targets=" ".join(stages_from(state, stage)) if may_move else "",
        following=following.value if following else "",
        following_label=str(following.label) if following else "",
    )


def is_late(expected_on: date | None, today: date) -> bool:
    """Tell whether the day on which it was to be signed has passed."""
    return expected_on is not None and expected_on < today
