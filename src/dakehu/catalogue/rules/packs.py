"""The catalogue as text that people write (YAML): services, and terms by scheme and level."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from dakehu.catalogue.choices import Family
from dakehu.catalogue.rules.bodies import body_from_data
from dakehu.catalogue.values import Body


@dataclass(frozen=True)
class PackService:
    """One service of a pack with its first version."""

    code: str
    name: str
    name_en: str
    family: Family
    body: Body


def read_services(text: str) -> tuple[PackService, ...]:
    """
    Return the services of a pack.

    :raises ValueError: if it names what there is not.
    """
    data = yaml.safe_load(text)
    priorities = data.get("priorities", {})
    return tuple(service_from(each, priorities) for each in data["services"])


def service_from(data: Mapping[str, Any], priorities: Mapping[str, Any]) -> PackService:
    """Return one service; terms are written once for all levels that they hold for."""
    standards = {
        scheme: dict(terms_by_rank(rows, priorities.get(scheme, {})))
        for scheme, rows in data.get("standards", {}).items()
    }
    body = body_from_data({**data, "standards": standards})
    return PackService(data["code"], data["name"], data["name_en"], Family(data["family"]), body)


def terms_by_rank(
    rows: list[Mapping[str, Any]], priorities: Mapping[int, int]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the terms of every level; a level's priority holds where its terms name none."""
    for row in rows:
        terms = {name: value for name, value in row.items() if name != "levels"}
        for rank in row["levels"]:
            yield rank, {"priority": priorities.get(rank), **terms}
