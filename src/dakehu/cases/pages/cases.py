"""What the page of a case shows: where it stands, what was done, what can be done."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dakehu.cases import queries
from dakehu.cases.choices import (
    ACT_ICONS,
    CASE,
    KIND_ICONS,
    PRIORITY_TONES,
    RESULT_TONES,
    STATE_TONES,
    VISIT_TONES,
    ActKind,
    Bond,
    CaseKind,
    CaseState,
    Cause,
    CloseResult,
    CoverageStep,
    Move,
    OrderMove,
    Rung,
    VisitState,
)
from dakehu.cases.policies import ASSIGN, CREATE, HANDLE, PUBLISH, may_work_on
from dakehu.cases.rules.states import moves_from
from dakehu.clocks.queries import chips_of
from dakehu.outbox.choices import MESSAGE_TONES
from dakehu.outbox.policies import WRITE
from dakehu.outbox.queries import messages_about
from dakehu.people.policies import may

if TYPE_CHECKING:
    from dakehu.cases.models import Case, CaseAct
    from dakehu.people.models import Staff

BEFORE_SHOWN = 5


@dataclass(frozen=True)
class ActLine:
    """One act in the timeline of a case."""

    act: Any
    icon: str
    words: str
    who: str
    is_told: bool
    # What was really sent, as far as it is within reach, and the tone of where it stands.
    message: Any = None
    tone: str = "neutral"


@dataclass(frozen=True)
class Kin:
    """A case that belongs to another, as a line."""

    case: Any
    words: str
    tone: str
    link: Any = None


@dataclass(frozen=True)
class CasePage:
    """One case as it is worked on."""

    case: Any
    icon: str
    state_tone: str
    priority_tone: str
    result_tone: str
    visit_tone: str
    customer_url: str
    first_contact: str
    chips: list[Any]
    lines: list[ActLine]
    children: list[Kin]
    links: list[Kin]
    merged: list[Any]
    before: list[Any]
    may_take: bool
    may_give: bool
    may_put_back: bool
    may_talk: bool
    may_write: bool
    may_wait: bool
    may_resume: bool
    may_close: bool
    may_reopen: bool
    may_join: bool
    may_split: bool
    may_name: bool
    may_visit: bool
    may_announce: bool
    coverage: Any
    may_step: bool
    rows: list[Any]
    row_counts: dict[str, int]
    notice: Any
    visits: list[Any]
    is_late: bool

    @property
    def has_buttons(self) -> bool:
        """Whether anything can be done with the case at all."""
        return self.may_take or self.may_give or self.may_close or self.may_reopen


def case_page(actor: "Staff", case: "Case", *, at: datetime) -> CasePage:
    """Gather a case that the actor may see."""
    moves = moves_from(case.state)
    handles = may(actor, HANDLE)
    settles = may_work_on(actor, case)
    is_mine = case.owner_id == actor.pk
    return CasePage(
        case=case,
        icon=KIND_ICONS[case.kind],
        state_tone=STATE_TONES[case.state],
        priority_tone=PRIORITY_TONES[case.priority],
        result_tone=RESULT_TONES.get(case.result, "neutral"),
        visit_tone=VISIT_TONES.get(case.visit, "neutral"),
        customer_url=customer_url(case),
        first_contact=first_contact_words(actor, case),
        chips=chips_of(CASE, [case.pk], at=at)[case.pk],
        lines=lines_of(actor, case),
        children=[kin_of(child) for child in queries.children_of(actor, case)],
        links=[
            Kin(other, other.get_state_display(), STATE_TONES[other.state], link)
            for link, other in queries.links_of(actor, case)
        ],
        merged=queries.merged_into(actor, case),
        before=before_of(actor, case),
        may_take=handles
        and Move.TAKE in moves
        and not is_mine
        and (case.owner_id is None or may(actor, ASSIGN)),
        may_give=settles and Move.GIVE in moves,
        may_put_back=settles and Move.PUT_BACK in moves,
        may_talk=handles and Move.TALK in moves,
        may_write=handles and Move.TALK in moves and may(actor, WRITE),
        may_wait=settles and Move.WAIT in moves,
        may_resume=settles and Move.RESUME in moves,
        may_close=settles and Move.CLOSE in moves,
        may_reopen=handles and Move.REOPEN in moves,
        may_join=handles and Move.JOIN in moves,
        may_split=may(actor, CREATE) and Move.SPLIT in moves and case.parent_id is None,
        may_name=settles and Move.TALK in moves and case.bond not in {Bond.PART, Bond.SUPPORT},
        may_visit=handles and case.state == CaseState.CLOSED,
        may_announce=may(actor, PUBLISH) and case.kind == CaseKind.FAULT and case.is_open,
        may_step=settles and case.is_open,
        **details_of(case),
        is_late=bool(case.due_at and case.is_open and case.due_at < at),
    )


def details_of(case: "Case") -> dict[str, Any]:
    """Return what only cases of its kind have."""
    is_batch = case.kind == CaseKind.BATCH
    return {
        "coverage": coverage_of(case) if case.kind == CaseKind.COVERAGE else None,
        "rows": queries.rows_of(case) if is_batch else [],
        "row_counts": queries.row_counts(case) if is_batch else {},
        "notice": queries.notice_of(case) if case.kind == CaseKind.FAULT else None,
        "visits": list(queries.visits_of(case)),
    }


@dataclass(frozen=True)
class Stage:
    """How far a coverage need is: every step with whether it was taken."""

    stage: Any
    steps: list[tuple[str, bool]]
    next_words: str


def coverage_of(case: "Case") -> Stage | None:
    """Gather how far a coverage need is (C1)."""
    stage = queries.coverage_of(case)
    if stage is None:
        return None
    order = list(CoverageStep)
    place = order.index(CoverageStep(stage.step))
    steps = [(str(step.label), number <= place) for number, step in enumerate(order)]
    return Stage(stage, steps, str(CoverageStep(next_step(stage.step)).label))


def next_step(step: str) -> CoverageStep:
    """Return the step that follows; the plan is renewed until the case is closed."""
    order = list(CoverageStep)
    return order[min(order.index(CoverageStep(step)) + 1, len(order) - 1)]


def customer_url(case: "Case") -> str:
    """Return where the customer of a case is shown; nothing while nobody knows who called."""
    return reverse("desk:customer", args=[case.customer_id]) if case.customer_id else ""


def first_contact_words(actor: "Staff", case: "Case") -> str:
    """Say who stays answerable for a complaint (CH13)."""
    if case.kind != CaseKind.COMPLAINT or case.first_taker is None:
        return ""
    if case.first_taker_id == actor.pk:
        return _("You took this complaint first: you stay answerable for it to the end.")
    words = _("%(name)s took this complaint first and stays answerable for it to the end.")
    return words % {"name": case.first_taker}


def lines_of(actor: "Staff", case: "Case") -> list[ActLine]:
    """Return the timeline of a case, with the messages that were sent."""
    acts = list(queries.acts_of(case))
    wrote = any("message" in act.facts for act in acts)
    rows = messages_about(actor, source=CASE, pk=case.pk) if wrote else ()
    sent = {message.pk: message for message in rows}
    return [act_line(act, sent.get(act.facts.get("message"))) for act in acts]


def act_line(act: "CaseAct", message: Any) -> ActLine:
    """Return one act as a line of the timeline."""
    return ActLine(
        act=act,
        icon=ACT_ICONS[act.kind],
        words=act_words(act),
        who=str(act.by) if act.by else _("Another system"),
        is_told=not act.is_internal,
        message=message,
        tone=MESSAGE_TONES[message.state] if message else "neutral",
    )


def act_words(act: "CaseAct") -> str:
    """Say what was done."""
    facts = act.facts
    kind = str(ActKind(act.kind).label)
    if act.kind == ActKind.HANDED_OVER:
        if facts.get("owner"):
            return _("Handed over to %(owner)s (%(unit)s)") % facts
        return _("Put into the queue of %(unit)s") % facts
    if act.kind == ActKind.CLOSED:
        result = CloseResult(facts["result"]).label
        cause = Cause(facts["cause"]).label if facts.get("cause") else ""
        return _(" · ").join(str(part) for part in (kind, result, cause) if part)
    if act.kind == ActKind.RAISED:
        return f"{kind} · {Rung(facts['rung']).label} · {facts['unit']}"
    if act.kind == ActKind.ORDER:
        return f"{kind} · {facts['number']} · {OrderMove(facts['move']).label}"
    if facts.get("step"):
        parts = (kind, CoverageStep(facts["step"]).label, facts.get("expected_on", ""))
        return _(" · ").join(str(part) for part in parts if part)
    if "was" in facts:
        return _("Customer: %(was)s → %(customer)s") % {
            name: facts[name] or _("Unknown caller") for name in ("was", "customer")
        }
    if facts.get("visit"):
        return _(" · ").join((kind, str(VisitState(facts["visit"]).label)))
    if facts.get("number"):
        return f"{kind} · {facts['number']}"
    return kind


def kin_of(child: "Case") -> Kin:
    """Return a case that belongs to another, with why and where it stands."""
    words = f"{Bond(child.bond).label} · {child.get_state_display()}"
    return Kin(child, words, STATE_TONES[child.state])


def before_of(actor: "Staff", case: "Case") -> list[Any]:
    """Return what the customer, or the caller, asked besides."""
    phone = case.caller_phone.plain if case.caller_phone else ""
    rows = queries.cases_of(actor, customer=case.customer, phone=phone)
    return [each for each in rows[: BEFORE_SHOWN + 1] if each.pk != case.pk][:BEFORE_SHOWN]


@dataclass(frozen=True)
class Next:
    """The case to be worked on now, why, and how many wait."""

    case: Any
    why: str
    waiting: int
    may_take: bool


def next_case(actor: "Staff") -> Next:
    """Return what the actor should take now, by the working order."""
    first, second, waiting = queries.next_waiting(actor)
    why = queries.why_next(first, second) if first else ""
    return Next(first, why, waiting, may(actor, HANDLE))


@dataclass(frozen=True)
class CustomerPanel:
    """The cases of a customer: the open ones, and the last of the others."""

    lines: list[Kin]
    closed: list[Kin]
    intake_url: str
    total: int
    all_url: str


def customer_panel(actor: "Staff", customer: Any, *, at: datetime) -> CustomerPanel:
    """Gather the cases of a customer that the actor may see."""
    rows = queries.cases_of(actor, customer=customer)
    url = f"{reverse('cases:intake')}?customer={customer.pk}"
    return CustomerPanel(
        lines=[line_of(case, at) for case in rows.open().order_by("turn", "pk")],
        closed=[line_of(case, at) for case in rows.filter(closed_at__isnull=False)[:BEFORE_SHOWN]],
        intake_url=url if may(actor, CREATE) else "",
        total=rows.count(),
        all_url=f"{reverse('cases:list')}?words={customer.number}",
    )


def line_of(case: Any, at: datetime) -> Kin:
    """Return a case as a line of a panel."""
    is_late = case.is_open and case.due_at and case.due_at < at
    return Kin(
        case, str(case.get_state_display()), "danger" if is_late else STATE_TONES[case.state]
    )


@dataclass(frozen=True)
class Sheet:
    """A form about a case: its title, its button, what to know before, what is said after."""

    title: str
    button: str
    words: str
    about: str = ""
