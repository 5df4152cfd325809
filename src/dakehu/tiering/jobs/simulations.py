"""
Trying rules out in the background.

A simulation may be done twice, or broken off anywhere and done again: what it gave counts only
when all of it is there.
"""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from dakehu.common.work import WorkGivenUp
from dakehu.tiering.choices import SimulationState
from dakehu.tiering.errors import UnableToSimulate
from dakehu.tiering.models import Simulation
from dakehu.tiering.operations import simulating as operations
from dakehu.tiering.queries.trying import Tried

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def ask(*, tried: Tried, day: date, by: "Staff", at: datetime) -> Simulation:
    """
    Let rules be tried out as soon as a worker is free.

    :raises UnableToSimulate: if there are no data of that day.
    """
    simulation = operations.ask_simulation(tried=tried, day=day, by=by, at=at)
    simulate.enqueue(simulation.pk)
    return simulation


@task()
def simulate(pk: int) -> None:
    """Try the rules of a simulation out."""
    unfinished = (SimulationState.WAITING, SimulationState.RUNNING)
    simulation = (
        Simulation.objects.select_related("scheme").filter(pk=pk, state__in=unfinished).first()
    )
    if simulation is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        try:
            operations.carry_out(simulation, now=timezone.now)
        except UnableToSimulate as refusal:
            operations.stop_simulation(simulation, words=str(refusal), at=timezone.now())


def forget_simulations(at: datetime) -> None:
    """Discard simulations that are past their time."""
    before = at - timedelta(days=settings.SIMULATION_KEPT_DAYS)
    operations.forget_simulations(before=before)


def own_up(event: WorkGivenUp) -> None:
    """Tell whoever asked that the background work has failed."""
    if event.path != simulate.module_path:
        return
    simulation = Simulation.objects.filter(pk=event.args[0]).first()
    if simulation is not None:
        with translation.override(settings.LANGUAGE_CODE):
            words = _("The background work has failed several times. Ask again, or ask for help.")
            operations.stop_simulation(simulation, words=words, at=event.at)
