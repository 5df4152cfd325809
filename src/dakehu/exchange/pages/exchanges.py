"""What the screens of the exchange show (F5, F6, F7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dakehu.exchange.choices import (
    DELIVERY_TONES,
    REASONS,
    RUN_TONES,
    CellState,
    DeliveryState,
    RunState,
    StepName,
    refusal_in_words,
)
from dakehu.exchange.queries import screens
from dakehu.exchange.queries.answers import (
    RejectedRow,
    announcement_of,
    receipt_file,
    rejected_file,
    rejected_rows,
)
from dakehu.exchange.queries.reconciliation import Reconciled, reconciled
from dakehu.exchange.queries.screens import CityDay
from dakehu.facts.engine import EngineLimits
from dakehu.facts.store import FactStore
from dakehu.people.queries import cities_within
from dakehu.ui import charts

if TYPE_CHECKING:
    from dakehu.people.models import Staff

DAYS_SHOWN = 28
DELIVERIES_SHOWN = 50
FEW_CITIES = 8
# Five states, five colours: what is not there must not look like what was sent back.
CELL_COLORS = {
    CellState.MISSING: charts.BAD,
    CellState.REFUSED: "var(--dk-chart-4)",
    CellState.PARTLY: charts.WARNING,
    CellState.LATE: "var(--dk-chart-1)",
    CellState.TAKEN: charts.GOOD,
}
CELL_MARKS = {
    CellState.MISSING: "–",
    CellState.REFUSED: "✗",
    CellState.PARTLY: "◐",
    CellState.LATE: "✓",
    CellState.TAKEN: "✓",
}
STEP_FILLS = {"DONE": "bar-good", "FAILED": "bar-danger", "INTERRUPTED": "bar-warning"}
CELL_TONES = {
    CellState.MISSING: "danger",
    CellState.REFUSED: "danger",
    CellState.PARTLY: "warning",
    CellState.LATE: "info",
    CellState.TAKEN: "success",
}


@dataclass(frozen=True)
class Cell:
    """One city and day of the monitor."""

    day: date
    state: CellState
    delivery_id: int | None

    @property
    def tone(self) -> str:
        """The tone of the cell's badge."""
        return CELL_TONES[self.state]

    @property
    def mark(self) -> str:
        """What the cell's badge shows; its words stand beside it for those who cannot see it."""
        return CELL_MARKS[self.state]


@dataclass(frozen=True)
class CityRow:
    """One city of the monitor with its days, oldest first."""

    code: str
    name: str
    cells: tuple[Cell, ...]

    @property
    def newest_first(self) -> tuple[Cell, ...]:
        """The days as the table shows them: what matters now without scrolling."""
        return self.cells[::-1]


@dataclass(frozen=True)
class Monitor:
    """Who delivered what when: the newest day first in words, then all days as a map."""

    first: date
    last: date
    days: tuple[date, ...]
    rows: tuple[CityRow, ...]
    missing: tuple[CityRow, ...]
    option: charts.Option | None
    later: date | None = None

    @property
    def height(self) -> str:
        """How high the map is drawn, by the number of cities."""
        return "lg" if len(self.rows) > FEW_CITIES else "md" if len(self.rows) > 2 else "sm"

    @property
    def legend(self) -> list[tuple[str, str]]:
        """What each colour of the map means."""
        return [(str(state.label), CELL_COLORS[state]) for state in CellState]

    @property
    def newest_first(self) -> tuple[date, ...]:
        """The days as the table shows them."""
        return self.days[::-1]

    @property
    def delivered(self) -> int:
        """How many cities delivered the newest day."""
        return len(self.rows) - len(self.missing)

    @property
    def earlier(self) -> date:
        """The last day of the stretch before this one."""
        return self.first - timedelta(days=1)


def monitor(actor: "Staff", *, until: date | None, today: date) -> Monitor:
    """Gather the deliveries of four weeks up to ``until``, or up to the newest expected day."""
    expected = screens.newest_expected_day(actor) or today - timedelta(days=1)
    last = min(until or expected, expected)
    first = last - timedelta(days=DAYS_SHOWN - 1)
    days = tuple(first + timedelta(days=n) for n in range(DAYS_SHOWN))
    found: dict[tuple[str, date], list[CityDay]] = {}
    for each in screens.city_days(actor, first=first, last=last):
        found.setdefault((each.city, each.day), []).append(each)
    rows = tuple(
        CityRow(code, city.name, tuple(cell(day, found.get((code, day), [])) for day in days))
        for code, city in cities_within(actor).items()
    )
    missing = tuple(row for row in rows if row.cells[-1].state == CellState.MISSING)
    later = min(last + timedelta(days=DAYS_SHOWN), expected) if last < expected else None
    option = heat_map(rows, days) if rows else None
    return Monitor(first, last, days, rows, missing, option, later)


def cell(day: date, sends: Sequence[CityDay]) -> Cell:
    """Say what a city delivered for a day, out of all its sends."""
    if not sends:
        return Cell(day, CellState.MISSING, None)
    taken = [send for send in sends if send.state != DeliveryState.REFUSED]
    if not taken:
        return Cell(day, CellState.REFUSED, sends[-1].delivery_id)
    newest = taken[-1]
    state = CellState.TAKEN
    if newest.state == DeliveryState.PARTLY:
        state = CellState.PARTLY
    elif taken[0].is_late:
        state = CellState.LATE
    return Cell(day, state, newest.delivery_id)


def heat_map(rows: Sequence[CityRow], days: Sequence[date]) -> charts.Option:
    """Return the map of cities and days; the table beside it says the same in words."""
    pieces = [
        {"value": int(state), "label": str(state.label), "color": CELL_COLORS[state]}
        for state in CellState
    ]
    return {
        "tooltip": {"trigger": "item", "formatter": "{b}"},
        "grid": {"left": 8, "right": 12, "top": 8, "bottom": 4, "containLabel": True},
        "xAxis": {"type": "category", "data": [date_format(day, "m-d") for day in days]},
        "yAxis": {"type": "category", "inverse": True, "data": [row.name for row in rows]},
        "visualMap": {
            "type": "piecewise",
            # The page has the legend: it wraps on a phone, which this one cannot.
            "show": False,
            "pieces": pieces,
        },
        "series": [
            {
                "type": "heatmap",
                "itemStyle": {"borderColor": "var(--dk-surface)", "borderWidth": 2},
                "data": [
                    {
                        "name": f"{row.name} {each.day} {each.state.label}",
                        "value": [x, y, each.state],
                    }
                    for y, row in enumerate(rows)
                    for x, each in enumerate(row.cells)
                ],
            }
        ],
    }


@dataclass(frozen=True)
class FileLine:
    """One file of a delivery in words."""

    file: Any
    refusal: str
    reasons: tuple[tuple[str, int], ...]

    @property
    def tone(self) -> str:
        """The tone of the file's badge."""
        return DELIVERY_TONES[self.file.state]


@dataclass(frozen=True)
class DeliveryPage:
    """One delivery: its verdict, files, effects, figures, and the other sends of the day."""

    delivery: Any
    city: str
    refusal: str
    files: tuple[FileLine, ...]
    interfaces: tuple[Any, ...]
    figures: tuple[Reconciled, ...]
    others: tuple[Any, ...]

    @property
    def tone(self) -> str:
        """The tone of the delivery's badge."""
        return DELIVERY_TONES[self.delivery.state]

    @property
    def adds_up(self) -> bool:
        """Whether rows = accepted + rejected, and every accepted row did something."""
        files = all(
            line.file.rows == line.file.accepted + line.file.rejected for line in self.files
        )
        effects = all(
            each.accepted == each.created + each.updated + each.unchanged
            for each in self.interfaces
        )
        return files and effects


def delivery_page(actor: "Staff", pk: int) -> DeliveryPage:
    """Gather one delivery within the actor's reach."""
    delivery = screens.get_delivery(actor, pk)
    city = cities_within(actor)[delivery.city_code]
    limits = EngineLimits(temp_directory=settings.HOME / "work", memory="256MB")
    figures = reconciled(
        screens.city_stats(delivery),
        city=delivery.city_code,
        day=delivery.day,
        store=FactStore(settings.HOME),
        limits=limits,
    )
    return DeliveryPage(
        delivery=delivery,
        city=city.name,
        refusal=in_words(delivery.refusal),
        files=tuple(file_line(file) for file in delivery.files.all()),
        interfaces=tuple(delivery.interfaces.all()),
        figures=tuple(figures),
        others=tuple(screens.sends_beside(actor, delivery)),
    )


def file_line(file: Any) -> FileLine:
    """Say what became of one file."""
    reasons = sorted(file.reasons.items(), key=lambda item: -item[1])
    return FileLine(
        file=file,
        refusal=in_words(file.refusal),
        reasons=tuple((str(REASONS.get(code, code)), count) for code, count in reasons),
    )


def in_words(refusal: dict[str, Any]) -> str:
    """Say a stored refusal; nothing if there is none."""
    if not refusal:
        return ""
    return refusal_in_words(refusal["code"], refusal["parameters"])


@dataclass(frozen=True)
class StepLine:
    """One step of a run: what it is called, how far it is, how long it took."""

    step: Any
    name: str
    percent: int
    seconds: float | None

    @property
    def fill(self) -> str:
        """The look of the step's bar."""
        return STEP_FILLS.get(self.step.state, "bar-info")

    @property
    def peak_mb(self) -> int:
        """The step's peak memory in MB."""
        return int(self.step.peak_kb) // 1024


@dataclass(frozen=True)
class RunPage:
    """One run: its steps, its summary as figures, and the deliveries it took."""

    run: Any
    steps: tuple[StepLine, ...]
    figures: tuple[tuple[str, str], ...]
    deliveries: tuple[Any, ...]

    @property
    def tone(self) -> str:
        """The tone of the run's badge."""
        return RUN_TONES[self.run.state]

    @property
    def is_running(self) -> bool:
        """Whether the page should look again soon."""
        return bool(self.run.state == RunState.RUNNING)


def run_page(actor: "Staff", pk: int) -> RunPage:
    """Gather one run."""
    run = screens.get_run(actor, pk)
    return RunPage(
        run=run,
        steps=tuple(step_line(step) for step in run.steps.all()),
        figures=tuple(run_figures(run.summary)) if run.summary else (),
        deliveries=tuple(screens.deliveries_of_run(actor, run, DELIVERIES_SHOWN)),
    )


def step_line(step: Any) -> StepLine:
    """Say how far one step is."""
    percent = 100 if step.state == RunState.DONE else 0
    if step.state != RunState.DONE and step.total:
        percent = min(99, step.done * 100 // step.total)
    seconds = (step.ended_at - step.started_at).total_seconds() if step.ended_at else None
    return StepLine(step, str(StepName(step.name).label), percent, seconds)


def run_figures(summary: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the main figures of a run's summary under their names."""
    deliveries, rows, alerts = summary["deliveries"], summary["rows"], summary["alerts"]
    figures = {
        _("Deliveries taken"): deliveries["taken"],
        _("Already taken"): deliveries["already_taken"],
        _("Refused"): deliveries["refused"],
        _("Incomplete"): deliveries["incomplete"],
        _("Rows accepted"): rows["accepted"],
        _("Rows rejected"): rows["rejected"],
        _("Customers evaluated"): summary["evaluated"],
        _("Signals"): sum(summary["signals"].values()),
        _("Alerts opened"): alerts["opened"],
        _("Alerts closed"): alerts["closed"],
        _("To-dos opened"): summary["todos"]["opened"],
        _("Standings changed"): summary["standings"]["changed"],
    }
    return [(name, f"{value:,}") for name, value in figures.items()]


@dataclass(frozen=True)
class RejectedBook:
    """The rejected rows of one interface of a delivery, and what their workbook is called."""

    title: str
    rows: tuple[RejectedRow, ...]


def rejected_book(actor: "Staff", pk: int, interface: str) -> RejectedBook:
    """Gather rejected rows; they are personal data in plain, so the view asks for the right.

    :raises Http404: if the delivery has none, or they are past their retention.
    """
    delivery = screens.get_delivery(actor, pk)
    said = announcement_of(city=delivery.city_code, day=delivery.day, receipt=delivery.receipt)
    known = {file.interface for file in delivery.files.all()}
    path = rejected_file(said, interface)
    # The name comes from an address: it must be one that the delivery itself has.
    if interface not in known or not path.is_file():
        raise Http404(interface)
    return RejectedBook(path.stem, tuple(rejected_rows(path)))


def receipt_of(actor: "Staff", pk: int) -> tuple[str, dict[str, Any]]:
    """Return the name and the content of a delivery's receipt."""
    delivery = screens.get_delivery(actor, pk)
    said = announcement_of(city=delivery.city_code, day=delivery.day, receipt=delivery.receipt)
    return receipt_file(said, delivery.receipt), delivery.receipt
