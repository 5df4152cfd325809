"""Opportunities in figures: forecast, conversion, answers, lead times, losses (OP14)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from dakehu.channels.choices import Channel
from dakehu.opportunities.choices import Ending, LossReason, SalesStage, State
from dakehu.opportunities.queries import figures, opportunities_visible_to
from dakehu.opportunities.rules.figures import share, stage_hours
from dakehu.ui import charts
from dakehu.ui.words import yuan

if TYPE_CHECKING:
    from dakehu.people.models import Staff

PERIODS = (30, 90, 365)
FEN_PER_THOUSAND = 100_000
HOURS_A_DAY = 24


@dataclass(frozen=True)
class ChannelLine:
    """How far it got what a channel took in."""

    name: str
    counts: Any
    claimed: int | None
    won: int | None
    worth: str


@dataclass(frozen=True)
class Figures:
    """The page of figures."""

    days: int
    channels: list[ChannelLine]
    hops: list[tuple[int, int, int | None]]
    endings: list[tuple[str, int, int | None]]
    stages: list[tuple[str, str, int]]
    losses: list[tuple[str, int]]
    months: list[tuple[str, int, str, str]]
    forecast: charts.Option | None


def figures_of(actor: "Staff", *, days: int, at: datetime) -> Figures:
    """Gather the figures of what was taken in over some days, and the forecast."""
    since = at - timedelta(days=days)
    rows = opportunities_visible_to(actor)
    months = figures.forecast(rows)
    endings = figures.offer_endings(rows, since)
    answered = sum(endings.values())
    return Figures(
        days=days,
        channels=[channel_line(each) for each in figures.by_channel(rows, since)],
        hops=[
            (times, sum(states.values()), share(states[State.WON], sum(states.values())))
            for times, states in figures.by_hops(rows, since).items()
        ],
        endings=[
            (str(Ending(ending).label), count, share(count, answered))
            for ending, count in endings.most_common()
        ],
        stages=stage_lines(figures.stage_steps(rows, since)),
        losses=[
            (str(LossReason(loss).label), count) for loss, count in figures.losses(rows, since)
        ],
        months=[
            (f"{month:%Y-%m}", count, yuan(worth), yuan(likely))
            for month, count, worth, likely in months
        ],
        forecast=forecast_chart(months) if months else None,
    )


def channel_line(counts: Any) -> ChannelLine:
    """Return what became of what a channel took in."""
    return ChannelLine(
        name=str(Channel(counts["channel"]).label),
        counts=counts,
        claimed=share(counts["claimed"], counts["routed"]),
        won=share(counts["won"], counts["won"] + counts["lost"]),
        worth=yuan(counts["worth"]) if counts["worth"] else "–",
    )


def stage_lines(steps: Any) -> list[tuple[str, str, int]]:
    """Return how long stages took, in their order."""
    found = stage_hours(steps)
    return [
        (str(stage.label), span_words(found[stage.value][0]), found[stage.value][1])
        for stage in SalesStage
        if stage.value in found
    ]


def span_words(hours: float) -> str:
    """Return a span in hours, or in days once it is one."""
    if hours < HOURS_A_DAY:
        return _("%(count).1f hours") % {"count": hours}
    return _("%(count).1f days") % {"count": hours / HOURS_A_DAY}


def forecast_chart(months: Any) -> charts.Option:
    """Return expected and likely value by month, in thousands of yuan."""
    series = {
        str(_("Expected")): [worth / FEN_PER_THOUSAND for _m, _n, worth, _l in months],
        str(_("Weighed by stage")): [likely / FEN_PER_THOUSAND for _m, _n, _w, likely in months],
    }
    return charts.bars([f"{month:%Y-%m}" for month, *_rest in months], series)
