"""How far customers may follow an opportunity by a link: without names and numbers (CH7, OP7)."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.channels.queries.wording import names_of, newest_body
from dakehu.opportunities.choices import OPEN, OPPORTUNITY, STATE_TONES, Move, SalesStage, State
from dakehu.opportunities.models import Opportunity
from dakehu.outbox.queries import link_for
from dakehu.ui.progress import Progress, Stop

STATE_WORDS = {
    State.KEPT: pgettext_lazy("told to a customer", "Answered"),
    State.COMPLETED: pgettext_lazy("told to a customer", "Done"),
    State.CLAIMED: _("Somebody looks after it"),
    State.NEGOTIATING: _("We are talking with you"),
    State.WON: pgettext_lazy("told to a customer", "Signed"),
    State.LOST: pgettext_lazy("told to a customer", "Closed"),
}
"""What a state is called to a customer; any other is looked for somebody."""


def customer_link(opportunity: Opportunity, *, on: date) -> str:
    """Return the link by which a customer follows an opportunity; empty while there are none."""
    return link_for(OPPORTUNITY, opportunity.pk, on=on)


def progress_of_opportunity(pk: int) -> Progress | None:
    """
    Return what customers may see of an opportunity: products, steps, until when we answer.

    Nobody is named, and nothing that was written is shown. Whoever filled in the public form has
    proved nothing: until when somebody answers would tell them whose number is a customer's.
    """
    found = Opportunity.objects.filter(pk=pk, removed_at=None).first()
    if found is None:
        return None
    codes = tuple(found.products.split())
    is_known = found.captured_by_id is not None or found.client_id is not None
    return Progress(
        kind=_("Your request for an offer"),
        number=found.number,
        subject=names_of(newest_body(), codes) if codes else str(_("What we can do for you")),
        state=STATE_WORDS.get(State(found.state), _("We look for whoever can help best")),
        tone=STATE_TONES[found.state] if found.state not in OPEN else "info",
        stops=stops_of(found),
        due_at=found.due_at if found.state == State.OFFERED and is_known else None,
    )


def stops_of(found: Opportunity) -> tuple[Stop, ...]:
    """Return the steps of an opportunity as customers know them."""
    reached: dict[str, datetime] = {}
    for hop in found.hops.filter(move__in=[Move.STAGE, Move.NEGOTIATE, Move.WIN, Move.ORDER]):
        reached.setdefault(hop.facts.get("stage", ""), hop.at)
    begun = Stop(_("We have your request"), found.captured_at)
    if found.state in {State.LOST, State.KEPT, State.COMPLETED}:
        closed = Stop(pgettext_lazy("told to a customer", "Closed"), found.closed_at)
        return (begun, closed)
    offered = reached.get(SalesStage.SOLUTION) or reached.get(SalesStage.NEGOTIATION)
    signed = reached.get(SalesStage.HANDOVER)
    return (
        begun,
        Stop(_("Somebody looks after it"), found.claimed_at),
        Stop(_("Our offer"), offered or signed),
        Stop(_("Contract signed"), signed),
        Stop(pgettext_lazy("told to a customer", "Set up"), reached.get(SalesStage.VISIT)),
    )
