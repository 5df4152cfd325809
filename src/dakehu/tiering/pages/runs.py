"""What the page of an evaluation on demand shows."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dakehu.tiering.choices import BUSY, RUN_STEPS, SIMULATION_TONES, SimulationState
from dakehu.tiering.pages.schemes import turn_words
from dakehu.tiering.queries.moves import evaluations_of
from dakehu.tiering.queries.wording import name_of

if TYPE_CHECKING:
    from dakehu.tiering.models import Evaluation, EvaluationRun


@dataclass(frozen=True)
class RunPage:
    """One evaluation on demand: how far it is, and what its days came to so far."""

    run: "EvaluationRun"
    scheme: str
    tone: str
    percent: int
    days: tuple[date, ...]
    results: "tuple[tuple[Evaluation, list[tuple[str, int]]], ...]"

    @property
    def is_busy(self) -> bool:
        """Whether background work is on its way with it."""
        return self.run.state in BUSY


def run_page(run: "EvaluationRun") -> RunPage:
    """Gather one evaluation that was asked for."""
    days = tuple(date.fromisoformat(each) for each in run.days)
    over = days if run.state == SimulationState.DONE else days[: run.done // RUN_STEPS]
    found = evaluations_of(run.scheme).filter(day__in=over)
    return RunPage(
        run=run,
        scheme=name_of(run.scheme),
        tone=SIMULATION_TONES[SimulationState(run.state)],
        percent=min(100, run.done * 100 // (RUN_STEPS * len(days))),
        days=days,
        results=tuple((each, turn_words(each)) for each in found),
    )
