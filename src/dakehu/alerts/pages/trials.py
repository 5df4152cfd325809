"""What the pages of trials show: previews by warning and unit, back-tests with curves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from dakehu.alerts import queries
from dakehu.alerts.choices import TRIAL_TONES, Rule, TrialKind, TrialState
from dakehu.alerts.pages.alerts import Badge
from dakehu.alerts.queries.numbers import NAMES
from dakehu.alerts.rules.backtesting import ANY, DIALS, JUDGED, TOGETHER, median_of
from dakehu.alerts.rules.duties import OCCASIONS
from dakehu.alerts.templatetags.alerts import permille
from dakehu.alerts.values import CODES
from dakehu.ui import charts

WIDEST = 20
UNITS, MANAGERS = "customer__unit", "customer__manager"


@dataclass(frozen=True)
class TrialLine:
    """One trial in a list."""

    pk: int
    kind: str
    days: str
    state: Badge
    asked_at: Any
    asked_by: str
    words: str


@dataclass(frozen=True)
class PreviewLine:
    """What numbers tried would raise of one warning, in one unit or for one manager."""

    words: str
    raised: int
    new: int
    gone: int
    url: str

    @property
    def before(self) -> int:
        """How many are raised with the numbers in force."""
        return self.raised - self.new + self.gone


@dataclass(frozen=True)
class PreviewPage:
    """A preview within the actor's reach."""

    total: PreviewLine
    rules: tuple[PreviewLine, ...]
    units: tuple[PreviewLine, ...]
    managers: tuple[PreviewLine, ...]


@dataclass(frozen=True)
class BacktestLine:
    """How one warning would have done: shares in per mille, None where there is nothing."""

    code: str
    words: str
    opened: int
    judged: int
    hits: int
    precision: int | None
    recall: int | None
    lift: int | None
    lead: int | None
    per_manager: float
    is_occasion: bool


@dataclass(frozen=True)
class CurvePoint:
    """One value of a threshold, and how the warning would do with it."""

    value: int
    opened: int
    precision: int | None
    recall: int | None
    is_in_force: bool


@dataclass(frozen=True)
class Curve:
    """What other thresholds of one warning would do."""

    code: str
    words: str
    number: str
    points: tuple[CurvePoint, ...]
    option: charts.Option


@dataclass(frozen=True)
class BacktestPage:
    """A back-test judged by one outcome."""

    outcome: str
    outcomes: tuple[tuple[str, str], ...]
    days: int
    judged_days: int
    pairs: int
    chances: int
    events: int
    base: int | None
    managers: int
    lines: tuple[BacktestLine, ...]
    load: charts.Option
    curve: Curve | None
    curves: tuple[tuple[str, str], ...]


def outcome_words() -> dict[str, str]:
    """Return the outcomes by which a back-test is judged, in words."""
    return {
        ANY: _("Left, suspended or complained"),
        "left": _("Left"),
        "suspended": _("Suspended"),
        "complained": _("Complained"),
    }


def trial_line(trial: Any) -> TrialLine:
    """Return a trial as a line."""
    days = f"{trial.first_day:%Y-%m-%d}"
    if trial.first_day != trial.last_day:
        days = f"{days} – {trial.last_day:%Y-%m-%d}"
    return TrialLine(
        pk=trial.pk,
        kind=str(TrialKind(trial.kind).label),
        days=days,
        state=trial_badge(trial),
        asked_at=trial.asked_at,
        asked_by=str(trial.asked_by or _("At the terminal")),
        words=summary_of(trial),
    )


def trial_badge(trial: Any) -> Badge:
    """Return where a trial stands."""
    state = TrialState(trial.state)
    return Badge(str(state.label), TRIAL_TONES[state])


def summary_of(trial: Any) -> str:
    """Return what came of a trial in one sentence."""
    if trial.state != TrialState.DONE:
        return trial.error
    if trial.kind == TrialKind.PREVIEW:
        counts = trial.result["rules"].values()
        new = sum(each.get("NEW", 0) for each in counts)
        raised = new + sum(each.get("SAME", 0) for each in counts)
        words = _("would have raised %(raised)s alerts, %(new)s of which are new")
        return words % {"raised": f"{raised:,}", "new": f"{new:,}"}
    tally = trial.result["rules"].get(TOGETHER, {})
    words = _("%(opened)s alerts, precision %(precision)s, recall %(recall)s")
    return words % {
        "opened": f"{tally.get('opened', 0):,}",
        "precision": permille(share(tally["hits"][ANY], tally["judged"]) if tally else None),
        "recall": permille(
            share(tally["named"][ANY], trial.result["events"][ANY]) if tally else None
        ),
    }


def preview_page(actor: Any, trial: Any) -> PreviewPage:
    """Gather a preview within the actor's reach; each figure is a link to the list it counts."""
    everything = queries.found_by(actor, trial, "trial")
    rules = {each["rule"]: each for each in queries.found_by(actor, trial, "rule")}
    return PreviewPage(
        total=preview_line(trial, _("All warnings"), everything[0] if everything else _NOTHING),
        rules=tuple(
            preview_line(trial, f"{rule} {Rule(rule).label}", rules[rule], rule=rule)
            for rule in CODES
            if rule in rules
        ),
        units=tuple(
            preview_line(trial, each["customer__unit__name"], each, unit=each[UNITS])
            for each in queries.found_by(actor, trial, UNITS, "customer__unit__name")[:WIDEST]
        ),
        managers=tuple(
            preview_line(
                trial,
                each["customer__manager__name"] or _("Nobody"),
                each,
                owner=each[MANAGERS] or "none",
            )
            for each in queries.found_by(actor, trial, MANAGERS, "customer__manager__name")[
                :WIDEST
            ]
        ),
    )


_NOTHING: Mapping[str, int] = {"raised": 0, "new": 0, "gone": 0}


def preview_line(trial: Any, words: str, counts: Mapping[str, int], **filters: Any) -> PreviewLine:
    """Return counts of a preview with the list they count."""
    return PreviewLine(
        words=words,
        raised=counts["raised"],
        new=counts["new"],
        gone=counts["gone"],
        url=f"{reverse('alerts:trial_alerts')}?{urlencode({'trial': trial.pk, **filters})}",
    )


def backtest_page(trial: Any, *, outcome: str, code: str) -> BacktestPage:
    """Gather a back-test judged by one outcome, with the curve of one warning."""
    result = trial.result
    judged_by = outcome if outcome in JUDGED else ANY
    base = share(result["chances"][judged_by], result["pairs"])
    codes = list(dict.fromkeys(point["rule"] for point in result["dials"]))
    chosen = code if code in codes else (codes[0] if codes else "")
    return BacktestPage(
        outcome=judged_by,
        outcomes=tuple(outcome_words().items()),
        days=result["days"],
        judged_days=result["judged_days"],
        pairs=result["pairs"],
        chances=result["chances"][judged_by],
        events=result["events"][judged_by],
        base=base,
        managers=result["managers"],
        lines=tuple(backtest_line(result, each, judged_by) for each in (*CODES, TOGETHER)),
        load=load_chart(trial),
        curve=curve_of(trial, chosen, judged_by) if chosen else None,
        curves=tuple((each, f"{each} {Rule(each).label}") for each in codes),
    )


def backtest_line(result: Mapping[str, Any], code: str, outcome: str) -> BacktestLine:
    """Return how one warning, or all together, would have done."""
    tally = result["rules"][code]
    hits, judged = tally["hits"][outcome], tally["judged"]
    chances, pairs = result["chances"][outcome], result["pairs"]
    return BacktestLine(
        code="" if code == TOGETHER else code,
        words=_("All warnings together") if code == TOGETHER else str(Rule(code).label),
        opened=tally["opened"],
        judged=judged,
        hits=hits,
        precision=share(hits, judged),
        recall=share(tally["named"][outcome], result["events"][outcome]),
        lift=100 * hits * pairs // (judged * chances) if judged and chances else None,
        lead=median_of(tally["leads"].get(outcome, [])),
        per_manager=per_manager(tally["opened"], result),
        is_occasion=code in OCCASIONS,
    )


def per_manager(opened: int, result: Mapping[str, Any]) -> float:
    """Return alerts per manager and day."""
    whole = result["managers"] * result["days"]
    return round(opened / whole, 2) if whole else 0.0


def share(part: int, whole: int) -> int | None:
    """Return a share in per mille, rounded down; None of nothing."""
    return 1000 * part // whole if whole else None


def load_chart(trial: Any) -> charts.Option:
    """Return how many alerts each day would have opened, all dangers together."""
    values = trial.result["rules"][TOGETHER]["by_day"]
    days = [trial.first_day + timedelta(days=place) for place in range(len(values))]
    return charts.bars([f"{day:%m-%d}" for day in days], {_("Alerts opened"): values})


def curve_of(trial: Any, code: str, outcome: str) -> Curve:
    """Return what other thresholds of a warning would do."""
    result = trial.result
    points = [point for point in result["dials"] if point["rule"] == code]
    parameter = next(dial.parameter for dial in DIALS if dial.rule == code)
    holding = trial.province.get(parameter)
    found = tuple(
        CurvePoint(
            value=point["value"],
            opened=point["opened"],
            precision=share(point["hits"][outcome], point["judged"]),
            recall=share(point["named"][outcome], result["events"][outcome]),
            is_in_force=point["value"] == holding,
        )
        for point in points
    )
    return Curve(
        code=code,
        words=str(Rule(code).label),
        number=str(NAMES[parameter]),
        points=found,
        option=curve_chart(found),
    )


def curve_chart(points: Sequence[CurvePoint]) -> charts.Option:
    """Return precision and recall by threshold."""

    def percent(shares: Sequence[int | None]) -> list[float | None]:
        return [None if each is None else each / 10 for each in shares]

    return charts.lines(
        [str(point.value) for point in points],
        {
            _("Precision"): percent([point.precision for point in points]),
            _("Recall"): percent([point.recall for point in points]),
        },
        unit="%",
    )


def trial_days(newest: date) -> Mapping[str, date]:
    """Return the days that a back-test is offered: sixty whose month after is known."""
    last = newest - timedelta(days=30)
    return {"first": last - timedelta(days=59), "last": last}
