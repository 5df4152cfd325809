"""Ways by which records are written, each a scenario that prepares and then acts step by step."""

from collections.abc import Callable, Iterator
from typing import Any

Scenario = Callable[[Any], Iterator[None]]
SCENARIOS: dict[str, tuple[Scenario, frozenset[str]]] = {}
PATHS = ("form", "bulk", "import", "job", "merge", "load")


def scenario(path: str, *models: str) -> Callable[[Scenario], Scenario]:
    """
    Mark a function as a scenario that writes the named models on one way.

    Until its first ``yield`` it only prepares; every further one ends a step that is watched.
    """
    assert path in PATHS

    def marked(act: Scenario) -> Scenario:
        SCENARIOS[f"{path}: {act.__name__}"] = (act, frozenset(models))
        return act

    return marked


def fresh(record: Any) -> Any:
    """Return a record as it is stored."""
    return type(record)._default_manager.get(pk=record.pk)
