"""Asking for simulations, and keeping what they gave until it is old (T19, T20)."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from dakehu.customers.operations.staging import STAGED_FIRST, Staging, staging
from dakehu.facts.results import write_query
from dakehu.tiering.choices import SimulationState
from dakehu.tiering.errors import UnableToSimulate
from dakehu.tiering.models import Scheme, SimulatedMove, Simulation
from dakehu.tiering.queries.judging import measures_of
from dakehu.tiering.queries.kinds import kinds_of
from dakehu.tiering.queries.schemes import rules_in_force
from dakehu.tiering.queries.simulating import OUTCOME, simulated
from dakehu.tiering.queries.sources import newest_day, store
from dakehu.tiering.queries.trying import Tried
from dakehu.tiering.rules.bodies import body_from_data
from dakehu.tiering.values import Body

if TYPE_CHECKING:
    from dakehu.people.models import Staff
    from dakehu.tiering.queries.simulating import Mover

STEPS = 4
"""Judged, written beside the facts, movers noted, done."""

STAGED = "staged_simulation"
STAGED_COLUMNS = {
    "number": "VARCHAR",
    "base": "INTEGER",
    "before": "INTEGER",
    "level": "INTEGER",
    "turn": "VARCHAR",
    "evidence": "VARCHAR",
}
TAKE = f"""
    INSERT INTO tiering_simulatedmove
        (simulation_id, customer_id, base, "before", level, turn, evidence)
    SELECT %(simulation)s, c.id, s.base, s."before", s.level, s.turn, {{evidence}}
    FROM {STAGED} s
    {STAGED_FIRST} customers_customer c ON c.number = s.number AND c.kind IN ({{kinds}})
        AND c.number BETWEEN %(first)s AND %(last)s
"""


def ask_simulation(*, tried: Tried, day: date, by: "Staff", at: datetime) -> Simulation:
    """
    Note what is to be tried out, beside the rules in force on the data day.

    :raises UnableToSimulate: if there are no data of that day.
    """
    require_data(day)
    base = rules_in_force(tried.scheme, on=day)
    return Simulation.objects.create(
        scheme=tried.scheme,
        rule_set=tried.rule_set,
        label=tried.label,
        body=tried.body,
        base=base,
        base_body=None if base is None else base.body,
        day=day,
        asked_by=by,
        asked_at=at,
    )


def require_data(day: date | None) -> date:
    """
    Return a data day, the newest one unless another is named.

    :raises UnableToSimulate: if there are no data of it.
    """
    newest = newest_day()
    if newest is None:
        raise UnableToSimulate(_("No city has delivered anything yet; there is nobody to try."))
    if day is not None and day > newest:
        words = _("There are no data of that day yet. The newest ones are of %(day)s.")
        raise UnableToSimulate(words % {"day": newest.isoformat()})
    return day or newest


def require_measures(scheme: Scheme, body: Body) -> None:
    """
    Pass in silence if all measures that rules name are there.

    :raises UnableToSimulate: otherwise.
    """
    try:
        measures_of(scheme, body)
    except KeyError as error:
        words = _("The rules name the measure “%(code)s”, which is no longer there.")
        raise UnableToSimulate(words % {"code": error.args[0]}) from error


def carry_out(simulation: Simulation, *, now: Callable[[], datetime]) -> None:
    """
    Judge, write the outcomes beside the facts, note the movers.

    :raises UnableToSimulate: if the rules name a measure that is no longer there.
    """
    note_step(simulation, done=0, at=now())
    scheme, token = simulation.scheme, get_random_string(20).lower()
    body = body_from_data(simulation.body)
    base = None if simulation.base_body is None else body_from_data(simulation.base_body)
    for each in (body, base):
        if each is not None:
            require_measures(scheme, each)
    with simulated(scheme, body, base=base, day=simulation.day) as found:
        note_step(simulation, done=1, at=now())
        path = store().simulation_file(token)
        write_query(found.con, f"SELECT * FROM {OUTCOME} ORDER BY number", path)
        note_step(simulation, done=2, at=now())
        keep_outcome(
            simulation,
            token=token,
            customers=found.customers,
            levels=found.levels(),
            movers=found.movers(),
            at=now(),
        )


def note_step(simulation: Simulation, *, done: int, at: datetime) -> None:
    """Let the page know how far a simulation is."""
    Simulation.objects.filter(pk=simulation.pk).exclude(state=SimulationState.DONE).update(
        state=SimulationState.RUNNING, done=done, beat_at=at
    )


@transaction.atomic
def keep_outcome(
    simulation: Simulation,
    *,
    token: str,
    customers: int,
    levels: dict[str, Any],
    movers: "Iterable[Mover]",
    at: datetime,
) -> None:
    """Keep what a simulation gave; one that was discarded meanwhile stays discarded."""
    found = Simulation.objects.select_for_update().filter(pk=simulation.pk).first()
    if found is None:
        return
    SimulatedMove.objects.filter(simulation=found).delete()
    note_movers(found, movers)
    found.token, found.customers, found.levels = token, customers, levels
    found.state, found.done, found.error = SimulationState.DONE, STEPS, ""
    found.ended_at = at
    found.save()


def note_movers(simulation: Simulation, movers: "Iterable[Mover]") -> None:
    """Add the customers who move; whom the records do not know is left out."""
    kinds = ", ".join(f"'{kind}'" for kind in kinds_of(simulation.scheme))
    cast = "s.evidence::jsonb" if connection.vendor == "postgresql" else "s.evidence"
    with staging(STAGED, STAGED_COLUMNS) as staged:
        for _held in staged.chunks(with_text(movers)):
            take_staged(staged, TAKE.format(kinds=kinds, evidence=cast), simulation.pk)


def take_staged(staged: Staging, query: str, simulation_id: int) -> None:
    """Merge the staged rows into the movers."""
    staged.cursor.execute(f"SELECT min(number), max(number) FROM {STAGED}")
    first, last = staged.cursor.fetchone()
    staged.cursor.execute(query, {"simulation": simulation_id, "first": first, "last": last})


def with_text(movers: "Iterable[Mover]") -> Iterator[tuple[Any, ...]]:
    """Yield movers whose measures are text."""
    for *row, seen in movers:
        yield (*row, json.dumps(seen, ensure_ascii=False))


def stop_simulation(simulation: Simulation, *, words: str, at: datetime) -> None:
    """Note that a simulation failed, and why."""
    limit = Simulation._meta.get_field("error").max_length
    Simulation.objects.filter(pk=simulation.pk).update(
        state=SimulationState.FAILED, error=words[:limit], ended_at=at
    )


@transaction.atomic
def drop_simulation(simulation: Simulation, *, by: "Staff") -> None:
    """
    Discard a simulation with all it gave.

    :raises PermissionDenied: if somebody else asked for it.
    """
    if simulation.asked_by_id != by.pk:
        raise PermissionDenied("tiers.simulate")
    simulation.delete()
    transaction.on_commit(remove_unnamed)


def forget_simulations(*, before: datetime) -> int:
    """Discard the simulations that were asked for before an instant; returns how many."""
    old = Simulation.objects.filter(asked_at__lt=before)
    count = 0
    for each in old.order_by("pk"):
        each.delete()
        count += 1
    remove_unnamed()
    return count


def remove_unnamed() -> None:
    """Remove the outcomes that no simulation names; those under way have no name yet."""
    if Simulation.objects.filter(state=SimulationState.RUNNING).exists():
        return
    named = set(Simulation.objects.exclude(token="").values_list("token", flat=True))
    for path in outcome_files():
        if path.stem not in named:
            path.unlink(missing_ok=True)


def outcome_files() -> list[Path]:
    """Return the files of outcomes that lie beside the facts."""
    return sorted(store().simulations.glob("*.parquet"))
