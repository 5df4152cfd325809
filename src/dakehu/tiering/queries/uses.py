"""Where a measure is used, in words (T20)."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from dakehu.tiering.choices import RuleState
from dakehu.tiering.models import Cohort, Measure, RuleSet
from dakehu.tiering.queries.measures import measures_known
from dakehu.tiering.queries.wording import name_of
from dakehu.tiering.rules.bodies import Reader, body_from_data
from dakehu.tiering.rules.compiling import leaves_of, measures_in
from dakehu.tiering.values import TierRules

Uses = Callable[[str], Iterable[str]]
"""Returns in words what names the measure of a code."""
_above: list[Uses] = []


def register_uses(uses: Uses) -> None:
    """Let an upper app tell what of its own names a measure; twice changes nothing."""
    if uses not in _above:
        _above.append(uses)


def uses_of(measure: Measure) -> list[str]:
    """Return what names a measure: versions of rules, other measures, cohorts, what is above."""
    own = [*by_rules(measure), *by_measures(measure), *by_cohorts(measure)]
    return own + [words for uses in _above for words in uses(measure.code)]


def by_rules(measure: Measure) -> list[str]:
    """Return which versions of rules name a measure; withdrawn ones may come back."""
    found = []
    for each in RuleSet.objects.select_related("scheme").order_by("scheme__position", "number"):
        body = body_from_data(each.body)
        if isinstance(body, TierRules) and measure.code in measures_in(body):
            words = _("version %(number)s of %(scheme)s (%(state)s)")
            facts = {
                "number": each.number,
                "scheme": name_of(each.scheme),
                "state": RuleState(each.state).label,
            }
            found.append(words % facts)
    return found


def by_measures(measure: Measure) -> list[str]:
    """Return which measures are made of a measure."""
    return [
        _("the measure %(name)s") % {"name": name_of(other)}
        for other in measures_known()
        for form in ("share", "difference")
        if measure.code in other.source.get(form, {}).values()
    ]


def by_cohorts(measure: Measure) -> list[str]:
    """Return the bars of which cohorts name a measure."""
    return [
        _("the snapshot cohort %(name)s") % {"name": cohort.name}
        for cohort in Cohort.objects.filter(removed_at__isnull=True).order_by("pk")
        if measure.code in {e.measure for e in leaves_of(Reader(None).condition(cohort.bar, ()))}
    ]
