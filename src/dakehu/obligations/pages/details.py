"""One obligation, provision or trial as facts above its form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dakehu.obligations.choices import (
    BY_VISIT,
    EVIDENCED,
    PROVISION_MODES,
    REWARD_TONES,
    RUNNING,
    STATE_TONES,
    Occasion,
    RewardState,
    State,
)
from dakehu.obligations.queries.details import acts_in, unsaved_provision
from dakehu.obligations.queries.wording import service_names
from dakehu.ui.words import yuan


@dataclass(frozen=True)
class Facts:
    """What stands above a form: a title, facts, lines of evidence, and whether it is open."""

    title: str
    facts: tuple[tuple[str, str], ...]
    is_open: bool
    customer_id: int
    badge: str = ""
    tone: str = ""
    lines: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()
    # Where a visit for it is planned, if it is still owed.
    visit_url: str = ""

    @property
    def customer_url(self) -> str:
        """Where the customer's page is."""
        return reverse("desk:customer", args=[self.customer_id])


def obligation_facts(obligation: Any) -> Facts:
    """Return one obligation with the days planned and the acts that count."""
    name = service_names().get(obligation.service, obligation.service)
    facts = [
        (_("Customer"), str(obligation.customer.name)),
        (_("Period"), f"{obligation.starts_on} – {obligation.last_on}"),
        (pgettext("how often", "Done"), f"{obligation.done} / {obligation.required}"),
        (_("By which standard"), obligation.source),
    ]
    if obligation.goal > obligation.required:
        facts.append((_("Aimed at"), str(obligation.goal)))
    if obligation.waived_reason:
        facts.append((_("Waived because"), f"{obligation.waived_reason} · {obligation.waived_by}"))
    return Facts(
        title=f"{obligation.service} {name}",
        facts=tuple(facts),
        is_open=obligation.state in RUNNING,
        customer_id=obligation.customer_id,
        badge=str(State(obligation.state).label),
        tone=STATE_TONES[State(obligation.state)],
        lines=tuple(
            f"{act.happened_on} · {act.evidence} {act.note}".strip() for act in acts_in(obligation)
        ),
        planned=tuple(obligation.planned[obligation.done :]),
        visit_url=visit_url(obligation),
    )


def visit_url(obligation: Any) -> str:
    """Return where a visit is planned on the next planned day; nowhere if that would not count."""
    is_by_visit = obligation.service in BY_VISIT or obligation.service not in EVIDENCED
    if obligation.state not in RUNNING or not is_by_visit:
        return ""
    asked = {"customer": obligation.customer_id, "day": obligation.next_on.isoformat()}
    return f"{reverse('care:visit_new')}?{urlencode(asked)}"


def provision_facts(provision: Any) -> Facts:
    """Return what a customer is provided with."""
    name = service_names().get(provision.service, provision.service)
    mode = dict(PROVISION_MODES).get(provision.mode, "")
    until = provision.last_on or _("until further notice")
    reached, goal = provision.reached_fen, provision.goal_fen
    facts = (
        (_("Customer"), str(provision.customer.name)),
        (_("Person"), str(provision.staff or "–")),
        (_("Mode"), str(mode)),
        (_("Period"), f"{provision.starts_on} – {until}"),
        (_("Joint target (yuan)"), "" if goal is None else yuan(goal)),
        (_("Due on"), str(provision.due_on or "")),
        (_("Reached (yuan)"), "" if reached is None else yuan(reached)),
        (_("What came of it"), provision.outcome),
        (_("Note"), provision.note),
    )
    return Facts(
        f"{provision.service} {name}",
        tuple((label, words) for label, words in facts if words),
        provision.ends_on is None,
        provision.customer_id,
    )


def trial_facts(trial: Any) -> Facts:
    """Return one trial."""
    facts = (
        (_("Customer"), str(trial.customer.name)),
        (_("Period"), f"{trial.starts_on} – {trial.ends_on}"),
        (_("By which standard"), trial.source),
        (_("Closed on"), str(trial.closed_on or "")),
        (_("What came of it"), trial.outcome),
    )
    return Facts(
        _("Trial: %(product)s") % {"product": trial.product},
        tuple((label, words) for label, words in facts if words),
        trial.closed_on is None,
        trial.customer_id,
    )


def new_provision(customer: Any, service: str, entered: Mapping[str, Any]) -> Any:
    """Return a provision as it was entered, not stored yet."""
    return unsaved_provision(
        customer=customer,
        service=service,
        staff=entered.get("staff"),
        mode=entered.get("mode", ""),
        note=entered["note"].strip(),
        starts_on=entered["starts_on"],
        goal_fen=entered.get("goal_fen"),
        due_on=entered.get("due_on"),
    )


def reward_facts(reward: Any) -> Facts:
    """Return one reward."""
    decided = f"{reward.decided_by} · {reward.decided_on}" if reward.decided_by else ""
    handed = f"{reward.received_by} · {reward.handed_on}" if reward.handed_on else ""
    facts = (
        (_("Customer"), str(reward.customer.name)),
        (_("Rewarded for"), str(Occasion(reward.occasion).label)),
        (_("Worth (yuan)"), yuan(reward.worth_fen)),
        (_("Reason"), reward.reason),
        (_("Proposed by"), f"{reward.proposed_by} · {reward.proposed_on}"),
        (_("Decided by"), decided),
        (_("Note"), reward.decision),
        (_("Received by"), handed),
    )
    return Facts(
        _("Reward: %(what)s") % {"what": reward.what},
        tuple((label, words) for label, words in facts if words),
        reward.state in (RewardState.PROPOSED, RewardState.APPROVED),
        reward.customer_id,
        badge=str(RewardState(reward.state).label),
        tone=REWARD_TONES[RewardState(reward.state)],
    )
