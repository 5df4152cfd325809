"""One opportunity: where it stands, its passport in words, what can be done (OP4 to OP7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dakehu.audit.queries import field_words
from dakehu.cases.choices import CloseResult, SupportNeed
from dakehu.channels.choices import Activity, Channel, Class
from dakehu.channels.queries import kept_body, wording
from dakehu.channels.queries.deciding import decide, facts_from_data
from dakehu.channels.values import Body
from dakehu.clocks.choices import TimeUnit
from dakehu.customers.queries import chart_among, contacts_of, customers_visible_to
from dakehu.opportunities import queries
from dakehu.opportunities.choices import (
    CLASS_TONES,
    MOVE_ICONS,
    SATISFACTION,
    STATE_TONES,
    Element,
    LossReason,
    MeetingKind,
    Move,
    PaperAct,
    PaperKind,
    ReturnReason,
    SalesStage,
    State,
)
from dakehu.opportunities.policies import ASSIGN, HANDLE, has_it, may_edit, may_see_people
from dakehu.opportunities.rules.stages import stages_from
from dakehu.opportunities.rules.states import moves_from
from dakehu.people.policies import may
from dakehu.ui.words import yuan

if TYPE_CHECKING:
    from dakehu.opportunities.models import Hop, Opportunity
    from dakehu.people.models import Staff


@dataclass(frozen=True)
class HopLine:
    """One move of the passport in words."""

    hop: Any
    icon: str
    who: str
    words: str
    details: tuple[str, ...]


@dataclass(frozen=True)
class Wanted:
    """A product that was named: its name, what is to be done, what is to be known of it."""

    name: str
    activity: str
    remark: str


@dataclass(frozen=True)
class PassportPage:
    """An opportunity as its page shows it."""

    opportunity: Any
    tone: str
    class_words: str
    class_tone: str
    customer_url: str
    people: tuple[Any, ...]
    wanted: list[Wanted]
    lines: list[HopLine]
    missing: list[str]
    is_late: bool
    shows_people: bool
    is_asked: bool
    may_claim: bool
    may_return: bool
    may_edit: bool
    may_give_up: bool
    may_assign: bool
    may_take_back: bool
    may_accompany: bool
    may_note: bool
    expected: str
    won: str
    may_go_on: bool
    may_contract: bool

    @property
    def is_complete(self) -> bool:
        """Whether all six elements are known."""
        return not self.missing


def passport_page(actor: "Staff", opportunity: "Opportunity", *, at: datetime) -> PassportPage:
    """Gather an opportunity that the actor may see."""
    body = kept_body(opportunity.matrix_id, opportunity.matrix.digest)
    moves = moves_from(opportunity.state)
    is_asked = queries.offered_now(actor, opportunity) and opportunity.state == State.OFFERED
    theirs = has_it(actor, opportunity)
    assigns = may(actor, ASSIGN)
    goes_on = theirs and may(actor, HANDLE)
    is_late = opportunity.state == State.OFFERED and bool(
        opportunity.due_at and opportunity.due_at <= at
    )
    owned = opportunity.state in {State.CLAIMED, State.NEGOTIATING}
    shows_people = may_see_people(actor, opportunity)
    url = customer_url(actor, opportunity)
    return PassportPage(
        opportunity=opportunity,
        tone=STATE_TONES[opportunity.state],
        class_words=str(Class(opportunity.customer_class).label),
        class_tone=CLASS_TONES[opportunity.customer_class],
        customer_url=url,
        people=people_of(opportunity) if url and shows_people else (),
        wanted=[wanted_of(body, each) for each in opportunity.wanted],
        lines=[line_of(hop, body) for hop in queries.hops_of(opportunity)],
        missing=[str(Element(each).label) for each in opportunity.missing] if shows_people else [],
        is_late=is_late,
        shows_people=shows_people,
        is_asked=is_asked,
        may_claim=is_asked and not is_late and may(actor, HANDLE),
        may_return=(is_asked or (owned and theirs)) and may(actor, HANDLE),
        may_edit=Move.EDIT in moves and may_edit(actor, opportunity) and shows_people,
        may_give_up=Move.LOSE in moves and theirs and may(actor, HANDLE),
        may_assign=assigns and opportunity.state in {State.ROUTED, State.RETURNED, State.EXPIRED},
        may_take_back=assigns and Move.TAKE_BACK in moves,
        may_accompany=assigns and Move.EDIT in moves,
        may_note=Move.NOTE in moves,
        expected=yuan(opportunity.expected_fen),
        won=yuan(opportunity.won_fen),
        may_go_on=goes_on and bool(stages_from(opportunity.state, opportunity.stage)),
        may_contract=goes_on and Move.WIN in moves,
    )


def customer_url(actor: "Staff", opportunity: "Opportunity") -> str:
    """Return where the customer's file is; nothing for a prospect, or for who may not read it."""
    if opportunity.customer_id is None:
        return ""
    seen = customers_visible_to(actor).filter(pk=opportunity.customer_id).exists()
    return reverse("desk:customer", args=[opportunity.customer_id]) if seen else ""


def people_of(opportunity: "Opportunity") -> tuple[Any, ...]:
    """Return who reports to whom at the customer, as far as that is known (OP14)."""
    return chart_among(contacts_of(opportunity.customer))


def wanted_of(body: Body, named: Any) -> Wanted:
    """Return a product that was named in words."""
    product = body.products.get(named.product)
    remark = _("not on offer any more") if product and product.is_retired else ""
    if product is None:
        remark = _("not in the matrix")
    return Wanted(
        wording.name_of(body, named.product), str(Activity(named.activity).label), remark
    )


def line_of(hop: "Hop", body: Body) -> HopLine:
    """Return one move in words."""
    return HopLine(
        hop=hop,
        icon=MOVE_ICONS[hop.move],
        who=who_of(hop),
        words=hop_words(hop),
        details=tuple(details_of(hop, body)),
    )


def who_of(hop: "Hop") -> str:
    """Return who did it."""
    return str(hop.by) if hop.by else _("The system")


def hop_words(hop: "Hop") -> str:
    """Say what a move did, in one line."""
    label = str(Move(hop.move).label)
    if hop.move in {Move.OFFER, Move.PASS, Move.EXPIRE, Move.LEAVE} and hop.to:
        return f"{label}: {hop.to}"
    if hop.move == Move.RETURN:
        return f"{label}: {ReturnReason(hop.facts['reason']).label}"
    if hop.move == Move.LOSE:
        return f"{label}: {LossReason(hop.facts['loss']).label}"
    if hop.move == Move.VISIT:
        return visit_words(hop)
    if hop.move in {Move.PAPER, Move.MEETING, Move.ORDER, Move.SUPPORT}:
        return paper_words(hop)
    if stage := hop.facts.get("stage"):
        return f"{label} → {SalesStage(stage).label}"
    if hop.move == Move.ROUTE and hop.rule == 0:
        return _("Decided by the operations center")
    if hop.rule:
        return _("%(move)s by rule %(rule)s") % {"move": label, "rule": hop.rule}
    return label


def paper_words(hop: "Hop") -> str:
    """Say what was done with a paper, or when there was a talk."""
    facts = hop.facts
    if hop.move == Move.MEETING:
        words = _("%(kind)s on %(day)s")
        return words % {"kind": MeetingKind(facts["meeting"]).label, "day": facts["on"]}
    if hop.move == Move.SUPPORT:
        return support_words(hop)
    if hop.move == Move.ORDER:
        return order_words(hop)
    return _("%(kind)s %(title)s: %(act)s") % {
        "kind": PaperKind(facts["paper"]).label,
        "title": facts["title"],
        "act": PaperAct(facts["act"]).label,
    }


def support_words(hop: "Hop") -> str:
    """Say which support was ordered, or what came of it."""
    facts = hop.facts
    if "result" in facts:
        result = CloseResult(facts["result"]).label
        return _("Order %(case)s: %(result)s") % {"case": facts["case"], "result": result}
    if "rows" in facts:
        return _("Batch of %(rows)s rows handed over: %(case)s") % facts
    return _("Support ordered until %(until)s: %(need)s %(case)s") % {
        "until": facts["until"],
        "need": SupportNeed(facts["need"]).label,
        "case": facts["case"],
    }


def visit_words(hop: "Hop") -> str:
    """Say how content the customer was, or that nobody was reached."""
    points = dict(SATISFACTION).get(hop.facts["satisfaction"])
    words = {"move": Move(hop.move).label, "said": points or _("Nobody was reached")}
    return _("%(move)s: %(said)s") % words


def order_words(hop: "Hop") -> str:
    """Say that an order went out, or what was answered."""
    facts = hop.facts
    if "refused" not in facts:
        return _("Order %(order)s to the billing system") % facts
    if facts["refused"]:
        return _("Order %(order)s: %(refused)s of %(rows)s refused") % facts
    return _("Order %(order)s: everything is set up") % facts


def details_of(hop: "Hop", body: Body) -> list[str]:
    """Return what else is to be known of a move: the reasons, the limit, what was changed."""
    facts = hop.facts
    if "partners" in facts:
        return decision_words(facts, body)
    lines = []
    if facts.get("amount"):
        words = _("Time to take over: %(amount)s %(unit)s")
        unit = TimeUnit(facts["unit"]).label
        lines.append(words % {"amount": facts["amount"], "unit": unit})
    if facts.get("to"):
        lines.append(_("To: %(names)s") % {"names": _(", ").join(facts["to"])})
    if facts.get("fields"):
        names = (field_words(name) for name in facts["fields"])
        lines.append(_(", ").join(names))
    for name, words in (("watcher", _("Watches: %(name)s")), ("helper", _("Helps: %(name)s"))):
        if facts.get(name):
            lines.append(words % {"name": facts[name]})
    return lines


def decision_words(facts: Mapping[str, Any], body: Body) -> list[str]:
    """Tell a decision anew from what it looked at, and who was passed over."""
    looked_at = facts_from_data(facts)
    decision = decide(body, looked_at)
    about = _("Looked at: %(channel)s, class %(class)s, %(count)s partners of the area") % {
        "channel": Channel(looked_at.channel).label,
        "class": Class(looked_at.customer_class).label,
        "count": len(looked_at.partners),
    }
    passed = wording.passed_words(decision)
    return [*wording.why_words(body, looked_at, decision), *passed, about]
