"""Which rules were tried out, and which can be, in words (T20)."""

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _

from dakehu.tiering.models import RuleSet, Simulation
from dakehu.tiering.queries.simulations import versions_to_try
from dakehu.tiering.queries.wording import name_of


def version_words(rule_set: RuleSet) -> str:
    """Return the name of a version: "Version 3 (draft)"."""
    facts = {"number": rule_set.number, "state": rule_set.get_state_display()}
    return _("Version %(number)s (%(state)s)") % facts


def what_was_tried(simulation: Simulation) -> str:
    """Return which rules a simulation tried out."""
    if simulation.rule_set is not None:
        return version_words(simulation.rule_set)
    return simulation.label or _("Rules that are gone")


def tried_choices() -> list[Any]:
    """Return the versions that can be tried out, by scheme."""
    grouped: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for each in versions_to_try():
        grouped[name_of(each.scheme)].append((each.pk, version_words(each)))
    return [("", "---------"), *grouped.items()]
