"""Where a measure comes from as plain data, for the records and for packs, and back."""

from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields
from typing import Any

from dakehu.facts import measures as ms
from dakehu.facts.measures.values import trouble_with

FORMS: Mapping[str, type] = {
    "newest": ms.Newest,
    "age": ms.Age,
    "monthly": ms.Monthly,
    "daily": ms.Daily,
    "held": ms.Held,
    "served": ms.Served,
    "silence": ms.Silence,
    "recorded": ms.Recorded,
    "share": ms.Share,
    "difference": ms.Difference,
}
RENAMED = {"difference": {"from": "top", "less": "base"}}


def source_to_data(source: ms.Source) -> dict[str, Any]:
    """Return a source as plain data: its form, and what the form needs."""
    form = next(name for name, kind in FORMS.items() if type(source) is kind)
    values = {name: _plain(value) for name, value in asdict(source).items()}
    names = {meant: said for said, meant in RENAMED.get(form, {}).items()}
    return {form: {names.get(name, name): value for name, value in values.items()}}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def source_from_data(data: Any) -> ms.Source:
    """
    Return the source that plain data describe.

    :raises ValueError: with a code, if they describe none.
    """
    if not isinstance(data, Mapping) or len(data) != 1:
        raise ValueError("source_form")
    form, given = next(iter(data.items()))
    kind = FORMS.get(form)
    if kind is None or not isinstance(given, Mapping):
        raise ValueError("source_form")
    renamed = RENAMED.get(form, {})
    values: dict[str, Any] = {renamed.get(name, str(name)): each for name, each in given.items()}
    wanted = {each.name: each for each in fields(kind)}
    needed = {name for name, each in wanted.items() if each.default is MISSING}
    if not needed <= set(values) <= set(wanted):
        raise ValueError("source_names")
    try:
        return kind(**{name: _typed(name, value) for name, value in values.items()})  # type: ignore
    except (TypeError, ValueError) as error:
        raise ValueError("source_values") from error


def _typed(name: str, value: Any) -> Any:
    """Return a value as the field of that name holds it."""
    match name:
        case "fold":
            return ms.Fold(value)
        case "gaps":
            return ms.Gaps(value)
        case "products":
            return tuple(str(each) for each in value)
        case "months" | "least" | "days" | "scale":
            if isinstance(value, bool) or not isinstance(value, int):
                raise ValueError(name)
            return value
        case "as_number" | "ahead":
            return bool(value)
    return str(value)


def measure_from(code: str, kind: str, data: Any) -> ms.Measure:
    """
    Return a measure whose source is whole.

    :raises ValueError: with a code, if it is not.
    """
    measure = ms.Measure(code, ms.Subject(kind), source_from_data(data))
    trouble = trouble_with(measure)
    if trouble:
        raise ValueError(f"source_{trouble}")
    return measure


def with_parts(
    wanted: Mapping[str, ms.Measure], known: Mapping[str, ms.Measure]
) -> dict[str, ms.Measure]:
    """Return measures together with those they are made of."""
    found = dict(wanted)
    for measure in wanted.values():
        if isinstance(measure.source, ms.Share | ms.Difference):
            for part in (measure.source.top, measure.source.base):
                if part in known:
                    found[part] = known[part]
    return found
