"""The engines of this installation: where facts rest and how much of the machine they may use."""

from datetime import date

from django.conf import settings

from dakehu.exchange.operations import masters
from dakehu.exchange.queries.facts import live_partitions, newest_facts_day
from dakehu.facts.batch import Engine
from dakehu.facts.engine import EngineLimits
from dakehu.facts.interfaces import INTERFACES
from dakehu.facts.rows import Sources
from dakehu.facts.store import FactStore
from dakehu.tiering.queries.sources import Facts, Provider


def store() -> FactStore:
    """Return the fact store of the installation."""
    return FactStore(settings.HOME)


def limits() -> EngineLimits:
    """Return how much of the machine one engine may use."""
    return EngineLimits(
        temp_directory=settings.HOME / "work" / "spill",
        memory=f"{settings.ENGINE_MEMORY_MB}MB",
        threads=settings.ENGINE_THREADS,
    )


def rules_engine() -> Engine:
    """Return the engine that evaluates warnings and card levels."""
    return Engine(store=store(), limits=limits())


def tier_facts(day: date) -> Facts:
    """Return what an evaluation of tiers reads as of a data day; builds the master if missing."""
    partitions = live_partitions(INTERFACES, last=day)
    subscribers = [each for each in partitions if each.interface == "subscriber"]
    master = masters.ensure_master(store(), subscribers, day=day, limits=limits())
    return Facts(store(), limits(), Sources(day, tuple(partitions), master))


def tiering_provider() -> Provider:
    """Return how tiering finds its facts."""
    return Provider(facts=tier_facts, newest_day=newest_facts_day, store=store)
