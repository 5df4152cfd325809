"""The card of a model, gathered as frozen values."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dakehu.people.policies import may
from dakehu.ranking import queries
from dakehu.ranking.choices import STATE_TONES, ModelState
from dakehu.ranking.rules.cards import report_from_json
from dakehu.ranking.rules.learning import MODEL, REGRESSION, RULE
from dakehu.ranking.values import (
    CalibrationKind,
    Metrics,
    Point,
    Remark,
    Report,
)
from dakehu.ui import charts

PERMISSION = "ranking.manage"
IMPORTANT = 15
WHO = {
    MODEL: gettext_lazy("Model"),
    REGRESSION: gettext_lazy("Logistic regression"),
    RULE: gettext_lazy("Score of W10"),
}
PARTS = {
    "train": gettext_lazy("To learn from"),
    "valid": gettext_lazy("To calibrate by"),
    "test": gettext_lazy("To examine on"),
}
REMARKS = {
    Remark.FEW_LEFT: gettext_lazy(
        "Fewer than 100 left in the days examined: the figures may be off by a good deal."
    ),
    Remark.SHORT_HISTORY: gettext_lazy(
        "The history began less than 60 days before the first day: its early windows are not full."
    ),
    Remark.FROM_HISTORY: gettext_lazy(
        "Some deliveries came by loading history. When they would have arrived is not known; they "
        "count as in time."
    ),
    Remark.NOT_BETTER: gettext_lazy(
        "On the days examined it finds leavers no more precisely than what it is held against."
    ),
}
CALIBRATIONS = {
    CalibrationKind.ISOTONIC: gettext_lazy("isotonic"),
    CalibrationKind.SIGMOID: gettext_lazy("by a sigmoid (Platt)"),
}


@dataclass(frozen=True)
class ResultLine:
    """How one of those examined did; a dash where a figure means nothing for it."""

    words: str
    roc_auc: str
    pr_auc: str
    lift: str
    brier: str
    is_model: bool


@dataclass(frozen=True)
class PartLine:
    """One part of the days: which, how many rows, how many left."""

    words: str
    first: date
    last: date
    days: int
    people: int
    left: int
    share: str


@dataclass(frozen=True)
class Bar:
    """One input with its share of what the trees gained, out of a hundred."""

    words: str
    percent: float
    value: str


@dataclass(frozen=True)
class BandLine:
    """A tenth of those examined: foretold and happened, in words."""

    count: int
    foretold: str
    happened: str


@dataclass(frozen=True)
class Chart:
    """A chart of the card: its title, option, and what it says in words."""

    name: str
    title: str
    option: charts.Option
    label: str


@dataclass(frozen=True)
class ModelPage:
    """One model's card, and what the person may do with it."""

    model: Any
    state: str
    tone: str
    report: Report
    results: tuple[ResultLine, ...]
    parts: tuple[PartLine, ...]
    importance: tuple[Bar, ...]
    bands: tuple[BandLine, ...]
    charts: tuple[Chart, ...]
    remarks: tuple[str, ...]
    making_words: str
    history_words: str
    days_ranked: int
    may_propose: bool
    may_publish: bool
    may_decline: bool
    may_retire: bool
    may_discard: bool
    is_mine: bool
    in_force: Any
    beside: ResultLine | None


def model_page(actor: Any, model: Any) -> ModelPage:
    """Gather the card of a model."""
    report = report_from_json(model.report)
    may_decide = may(actor, PERMISSION) and model.removed_at is None
    proposed = model.state == ModelState.PROPOSED
    in_force = queries.published_model()
    other = in_force if in_force is not None and in_force.pk != model.pk else None
    is_mine = proposed and model.proposed_by_id == actor.pk
    return ModelPage(
        model=model,
        state=str(ModelState(model.state).label),
        tone=STATE_TONES[ModelState(model.state)],
        report=report,
        results=tuple(result_line(who, found) for who, found in report.results.items()),
        parts=tuple(part_line(part, report) for part in PARTS),
        importance=tuple(bars_of(report)),
        bands=tuple(band_lines(report.results[MODEL])),
        charts=tuple(charts_of(report)),
        remarks=tuple(str(REMARKS[Remark(each)]) for each in report.remarks),
        making_words=making_words(report),
        history_words=history_words(report),
        days_ranked=queries.days_ranked_by(model),
        may_propose=may_decide and model.state in {ModelState.DRAFT, ModelState.RETIRED},
        may_publish=may_decide and proposed and not is_mine,
        may_decline=may_decide and proposed,
        may_retire=may_decide and model.state == ModelState.PUBLISHED,
        may_discard=may_decide and model.state == ModelState.DRAFT,
        is_mine=is_mine,
        in_force=other,
        beside=None if other is None else result_line(MODEL, metrics_of(other)),
    )


def metrics_of(model: Any) -> Metrics:
    """Return how a model did on the days on which it was examined."""
    return report_from_json(model.report).results[MODEL]


def result_line(who: str, found: Metrics) -> ResultLine:
    """Return the figures of one of those examined."""
    return ResultLine(
        words=str(WHO[who]),
        roc_auc=f"{found.roc_auc:.3f}",
        pr_auc=f"{found.pr_auc:.3f}",
        lift=f"{found.lift:.2f}",
        brier="–" if found.brier is None else f"{found.brier:.4f}",
        is_model=who == MODEL,
    )


def part_line(part: str, report: Report) -> PartLine:
    """Return one part of the days."""
    days, counts = report.split[part], report.counts[part]
    return PartLine(
        words=str(PARTS[part]),
        first=days[0],
        last=days[-1],
        days=len(days),
        people=counts.rows,
        left=counts.left,
        share=queries.percent_words(counts.share),
    )


def making_words(report: Report) -> str:
    """Say how the parts are kept apart and how the trees were made."""
    return _(
        "Between two parts lie %(horizon)s days, so that nothing that decides one part is seen in "
        "another. %(trees)s trees, calibrated %(calibration)s, seed %(seed)s."
    ) % {
        "horizon": report.horizon,
        "trees": report.trees,
        "calibration": CALIBRATIONS[report.calibration],
        "seed": report.recipe.seed,
    }


def history_words(report: Report) -> str:
    """Say what the days were known by."""
    return _(
        "%(partitions)s deliveries up to the last day; %(late)s of them came too late for their "
        "day and were not seen by it, %(history)s came by loading history."
    ) % {
        "partitions": f"{report.partitions:,}",
        "late": f"{report.late:,}",
        "history": f"{report.from_history:,}",
    }


def bars_of(report: Report) -> Iterator[Bar]:
    """Yield the inputs that mattered most."""
    most = max((gain for _name, gain in report.importance), default=0) or 1
    for name, gain in report.importance[:IMPORTANT]:
        if gain > 0:
            yield Bar(
                queries.input_words(name), round(100 * gain / most, 1), f"{100 * gain:.1f} %"
            )


def band_lines(found: Metrics) -> Iterator[BandLine]:
    """Yield the calibration table, the highest probability first."""
    for band in reversed(found.bands):
        yield BandLine(
            band.count,
            queries.percent_words(band.foretold),
            queries.percent_words(band.happened),
        )


def charts_of(report: Report) -> Iterator[Chart]:
    """Yield the four charts of a card."""
    found = report.results[MODEL]
    yield Chart(
        "roc",
        _("ROC curve"),
        charts.curves(
            {str(WHO[who]): pairs(each.roc) for who, each in report.results.items()},
            x_name=_("Share of those who stayed (%)"),
            y_name=_("Share of leavers found (%)"),
            guide=_("Chance"),
        ),
        _("ROC AUC of the model: %(auc)s") % {"auc": f"{found.roc_auc:.3f}"},
    )
    yield Chart(
        "pr",
        _("Precision and recall"),
        charts.curves(
            {str(WHO[who]): pairs(each.pr) for who, each in report.results.items()},
            x_name=_("Recall (%)"),
            y_name=_("Precision (%)"),
        ),
        _("PR AUC of the model: %(auc)s") % {"auc": f"{found.pr_auc:.3f}"},
    )
    yield Chart(
        "gains",
        _("Leavers found by the part looked at"),
        charts.curves(
            {str(WHO[who]): pairs(each.gains) for who, each in report.results.items()},
            x_name=_("Part of all customers, the likeliest first (%)"),
            y_name=_("Share of leavers found (%)"),
            guide=_("Chance"),
        ),
        _("The top tenth by the model holds %(lift)s times as many leavers as chance")
        % {"lift": f"{found.lift:.1f}"},
    )
    bands = [(100 * band.foretold, 100 * band.happened) for band in found.bands]
    yield Chart(
        "calibration",
        _("Calibration"),
        charts.curves(
            {str(WHO[MODEL]): [(round(x, 3), round(y, 3)) for x, y in bands]},
            x_name=_("Foretold (%)"),
            y_name=_("Happened (%)"),
            guide=_("As foretold"),
            end=None,
        ),
        _("What was foretold beside what happened, by tenths"),
    )


def pairs(points: tuple[Point, ...]) -> list[tuple[float, float]]:
    """Return points of a curve in per cent."""
    return [(round(100 * point.x, 2), round(100 * point.y, 2)) for point in points]
