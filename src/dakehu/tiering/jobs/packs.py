"""Set up: the measures and schemes that come with Dakehu are there after every migration."""

from functools import cache
from typing import Any

from django.utils import timezone

from dakehu.tiering.operations.packs import take_mapping, take_measures, take_pack
from dakehu.tiering.queries.loading import shipped_text
from dakehu.tiering.rules.bodies import KnownMeasure
from dakehu.tiering.rules.packs import (
    Fault,
    Pack,
    PackMapping,
    PackMeasure,
    read_mappings,
    read_measures,
    read_pack,
)

MEASURES = "measures.yaml"
MATCHES = "matches.yaml"
SCHEMES = ("group-abc", "it-service", "card-level", "credit")


@cache
def shipped_measures() -> tuple[tuple[PackMeasure, ...], tuple[Fault, ...]]:
    """Return the measures that come with Dakehu, and the faults of their text."""
    measures, faults = read_measures(shipped_text(MEASURES))
    return measures, tuple(faults)


@cache
def shipped_packs() -> tuple[Pack, ...]:
    """
    Return the schemes that come with Dakehu; no process sees them change.

    :raises ValueError: if one of them has a fault, which a test never lets happen.
    """
    measures, found = shipped_measures()
    faults = list(found)
    known = {each.code: KnownMeasure(each.code, each.is_text) for each in measures}
    packs = []
    for name in SCHEMES:
        pack, found_here = read_pack(shipped_text(f"{name}.yaml"), known)
        faults += found_here
        packs += [pack] if pack else []
    if faults:
        raise ValueError(f"a pack with faults: {faults[0]}")
    return tuple(packs)


@cache
def shipped_mappings() -> tuple[PackMapping, ...]:
    """Return the matches of levels that come with Dakehu."""
    return read_mappings(shipped_text(MATCHES))[0]


def load_packs(**_sent: Any) -> None:
    """Take in what is missing of the packs; run after migrating, so it must bear repetition."""
    measures, _faults = shipped_measures()
    take_measures(measures=measures)
    for pack in shipped_packs():
        take_pack(pack=pack, on=timezone.localdate())
    for mapping in shipped_mappings():
        take_mapping(mapping=mapping, on=timezone.localdate())
