"""What the contacts of the last quarter would have become under another matrix (promise 2)."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from dakehu.channels.choices import Outcome
from dakehu.channels.queries import body_of, get_version, wording
from dakehu.channels.queries.deciding import decide, facts_from_data
from dakehu.channels.values import Decision
from dakehu.opportunities.queries.simulating import first_decisions

if TYPE_CHECKING:
    from dakehu.people.models import Staff

QUARTER = timedelta(days=91)
MOST = 5_000
EXAMPLES = 10


@dataclass(frozen=True)
class Example:
    """One contact that would have gone elsewhere."""

    opportunity: Any
    before: str
    after: str


@dataclass(frozen=True)
class Simulated:
    """How many contacts were tried, how many would have gone elsewhere, and where from and to."""

    total: int
    changed: int
    flows: list[tuple[str, str, int]]
    examples: list[Example]
    is_cut: bool


def simulated(actor: "Staff", number: int, *, at: datetime) -> Simulated:
    """Decide again what was decided within the last quarter, by the version of a number."""
    draft = body_of(get_version(number).pk)
    hops = first_decisions(actor, at - QUARTER, most=MOST + 1)
    bodies = {pk: body_of(pk) for pk in {hop.opportunity.matrix_id for hop in hops}}
    flows: Counter[tuple[str, str]] = Counter()
    examples: list[Example] = []
    for hop in hops[:MOST]:
        facts = facts_from_data(hop.facts)
        before = decide(bodies[hop.opportunity.matrix_id], facts)
        after = decide(draft, facts)
        if is_same(before, after):
            continue
        words = fate_words(before), fate_words(after)
        flows[fate_kind(before), fate_kind(after)] += 1
        if len(examples) < EXAMPLES:
            examples.append(Example(hop.opportunity, *words))
    total = min(len(hops), MOST)
    ordered = [(one, other, count) for (one, other), count in flows.most_common()]
    return Simulated(total, sum(flows.values()), ordered, examples, len(hops) > MOST)


def is_same(before: Decision, after: Decision) -> bool:
    """Tell whether two decisions send a contact to the same place, by the same time."""
    parts = ("kind", "outcome", "rule", "receiver", "watcher", "helper", "follow_up", "limit")
    return all(getattr(before, part) == getattr(after, part) for part in parts)


def fate_kind(decision: Decision) -> str:
    """Return what a decision comes to, without names."""
    label = str(Outcome(decision.outcome).label)
    if not decision.rule:
        return label
    words = _("%(outcome)s, rule %(rule)s") % {"outcome": label, "rule": decision.rule}
    return f"{words} · {wording.limit_words(decision.limit)}" if decision.limit else words


def fate_words(decision: Decision) -> str:
    """Return what a decision comes to, with whom."""
    words = fate_kind(decision)
    return f"{words} · {decision.receiver.name}" if decision.receiver else words
