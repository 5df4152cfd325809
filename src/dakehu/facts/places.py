"""
Numbers that differ by city and level, evaluated in the same pass as all others.

The few pairs of city and level that occur are matched with the variants of a program once; the
frame is joined with them, so that every subscriber's row carries the numbers that hold for them.
Without variants nothing is joined, and the numbers stand in the SQL as before.
"""

from collections.abc import Iterable, Sequence

from dakehu.facts import features as ft
from dakehu.facts.engine import text_sql
from dakehu.rulekit.sql import Compiler, parameter_column

PLACES = "places"
"""The temporary table of the pairs of city and level, with the variant and its numbers."""

LEVEL = "place_level"
"""The column of the level that the subscriber master names."""

VARIANT = "variant"
"""The column of the variant that holds: its position, counted from 1; 0 where none does."""


def has_variants(programs: Iterable[ft.Program]) -> bool:
    """
    Whether the numbers of a program differ by place.

    :raises ValueError: if those of two programs do: a row has one variant.
    """
    found = [program for program in programs if program.variants]
    if len(found) > 1:
        raise ValueError("the numbers of one program at a time may differ by place")
    return bool(found)


def compiler_of(program: ft.Program) -> Compiler:
    """The compiler of a program's expressions."""
    return Compiler(parameters=program.parameters, varying=program.varying)


def kept_names(programs: Sequence[ft.Program]) -> list[str]:
    """
    What is kept of everybody with a signal: the features as they counted, and the variant.

    Those of programs that raise no signals explain none, and are left out.
    """
    raising = [program for program in programs if program.signals]
    names = dict.fromkeys(feature.name for program in raising for feature in program.features)
    return [*names, *([VARIANT] if has_variants(programs) else [])]


def places_sql(program: ft.Program, *, people: str) -> str:
    """SQL for the pairs of city and level among ``people``, with variant and numbers."""
    fits = " ".join(
        f"WHEN {_fits(variant)} THEN {number}"
        for number, variant in enumerate(program.variants, start=1)
    )
    pairs = (
        f"SELECT city_id, {LEVEL}, CASE {fits} ELSE 0 END AS {VARIANT} "
        f"FROM (SELECT DISTINCT city_id, {LEVEL} FROM {people})"
    )
    numbers = "".join(
        f", {_number(program, name)} AS {parameter_column(name)}" for name in program.varying
    )
    return f"SELECT *{numbers} FROM ({pairs})"


def placed_sql(program: ft.Program, frame: str) -> str:
    """SQL for the frame with variant and numbers, and each feature as it counts in its place."""
    replaced = ", ".join(_feature(program, name) for name in program.alternates)
    star = f"f.* REPLACE ({replaced})" if replaced else "f.*"
    columns = ", ".join([VARIANT, *map(parameter_column, program.varying)])
    return (
        f"SELECT {star}, {columns} FROM {frame} AS f LEFT JOIN {PLACES} AS v "
        f"ON f.city_id IS NOT DISTINCT FROM v.city_id "
        f"AND f.{LEVEL} IS NOT DISTINCT FROM v.{LEVEL}"
    )


def _fits(variant: ft.Variant) -> str:
    parts = [] if variant.city is None else [f"city_id = {text_sql(variant.city)}"]
    parts += [] if variant.level is None else [f"{LEVEL} = {variant.level}"]
    return f"coalesce({' AND '.join(parts) or 'TRUE'}, FALSE)"


def _number(program: ft.Program, name: str) -> str:
    own = program.parameters[name]
    whens = " ".join(
        f"WHEN {number} THEN {variant.parameters[name]}"
        for number, variant in enumerate(program.variants, start=1)
        if variant.parameters.get(name, own) != own
    )
    return f"CAST(CASE {VARIANT} {whens} ELSE {own} END AS BIGINT)" if whens else str(own)


def _feature(program: ft.Program, name: str) -> str:
    whens = " ".join(
        f"WHEN {number} THEN f.{other}"
        for number, variant in enumerate(program.variants, start=1)
        if (other := program.alternate(variant, name)) is not None
    )
    return f"CASE v.{VARIANT} {whens} ELSE f.{name} END AS {name}"
