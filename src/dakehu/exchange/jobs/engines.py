"""The engines of this installation: where facts rest and how much of the machine they may use."""

from django.conf import settings

from dakehu.facts.batch import Engine
from dakehu.facts.engine import EngineLimits
from dakehu.facts.store import FactStore


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
