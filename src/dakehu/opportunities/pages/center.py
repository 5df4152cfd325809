"""The console of the operations center: what waits, and who could take it (OP5, OP12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dakehu.channels.queries import body_of
from dakehu.channels.values import Body
from dakehu.opportunities.choices import CLASS_TONES, STATE_TONES, Fit, Move, ReturnReason
from dakehu.opportunities.pages.intake import wants_of
from dakehu.opportunities.queries import last_hops, queue_visible_to
from dakehu.opportunities.queries.candidates import Proposed, takers_for

if TYPE_CHECKING:
    from dakehu.people.models import Staff

SHOWN = 30
OLD = timedelta(hours=4)


@dataclass(frozen=True)
class Taker:
    """Somebody who could take an opportunity over, in words."""

    person: Any
    why: str
    load: str
    is_proposed: bool
    is_fit: bool


@dataclass(frozen=True)
class Waiting:
    """One opportunity that waits, with whoever is proposed."""

    opportunity: Any
    tone: str
    class_tone: str
    wants: str
    reason: str
    is_old: bool
    proposed: Taker | None


@dataclass(frozen=True)
class Center:
    """The queue of the operations center."""

    cards: list[Waiting]
    total: int

    @property
    def left(self) -> int:
        """How many more wait than are shown."""
        return self.total - len(self.cards)


def center_of(actor: "Staff", *, at: datetime) -> Center:
    """Gather what waits within reach, the oldest first."""
    rows = queue_visible_to(actor).select_related("customer__manager", "matrix")
    found = list(rows.order_by("since_at", "pk")[:SHOWN])
    bodies = {pk: body_of(pk) for pk in {each.matrix_id for each in found}}
    takers = takers_for(found, bodies, at=at)
    last = last_hops(found)
    cards = [
        card_of(each, takers[each.pk], bodies[each.matrix_id], last.get(each.pk), at=at)
        for each in found
    ]
    return Center(cards, rows.count())


def card_of(
    opportunity: Any, found: Sequence[Proposed], body: Body, last: Any, *, at: datetime
) -> Waiting:
    """Return one opportunity that waits."""
    takers = takers_in_words(found)
    return Waiting(
        opportunity=opportunity,
        tone=STATE_TONES[opportunity.state],
        class_tone=CLASS_TONES[opportunity.customer_class],
        wants=wants_of(body, opportunity),
        reason=reason_of(last),
        is_old=at - opportunity.since_at > OLD,
        proposed=next((each for each in takers if each.is_proposed), None),
    )


def reason_of(last: Any) -> str:
    """Return why an opportunity waits, from the last move that changed where it stands."""
    if last is None:
        return ""
    if last.move == Move.RETURN:
        words = f"{last.by}: {ReturnReason(last.facts['reason']).label}"
        return f"{words} · {last.text}" if last.text else words
    if last.move in {Move.EXPIRE, Move.LEAVE} and last.to:
        return f"{Move(last.move).label}: {last.to}"
    if last.move == Move.TAKE_BACK:
        return f"{Move(last.move).label} · {last.text}"
    return _("Nobody who could take it was there.")


def takers_in_words(found: Sequence[Proposed]) -> list[Taker]:
    """Return who could take an opportunity over, the first who fits as the proposal."""
    first = next((each for each in found if each.judged.is_fit), None)
    return [
        Taker(
            person=each.person,
            why=_(" · ").join(str(Fit(reason).label) for reason in each.judged.reasons),
            load=load_words(each.judged.able.open_count),
            is_proposed=each is first,
            is_fit=each.judged.is_fit,
        )
        for each in found
    ]


def load_words(count: int) -> str:
    """Return how much somebody has open, in words."""
    return ngettext("%(count)s open", "%(count)s open", count) % {"count": count}


@dataclass(frozen=True)
class Choice:
    """Everybody who could take an opportunity over, the proposal first."""

    opportunity: Any
    takers: list[Taker]
    wants: str
    reason: str

    @property
    def people(self) -> list[Any]:
        """The people among whom to choose."""
        return [each.person for each in self.takers]


def choice_for(opportunity: Any, *, at: datetime) -> Choice:
    """Gather who could take an opportunity over."""
    body = body_of(opportunity.matrix_id)
    found = takers_for([opportunity], {opportunity.matrix_id: body}, at=at)[opportunity.pk]
    last = last_hops([opportunity]).get(opportunity.pk)
    takers = takers_in_words(found)
    return Choice(opportunity, takers, wants_of(body, opportunity), reason_of(last))
