"""
Packs: schemes with levels and rules, and measures, as text that people write (YAML).

Reading a pack finds every fault with the line it stands on; a pack with a fault is not taken at
all.  What a pack holds is plain data of the same form that the records keep.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from dakehu.tiering.choices import MeasureUnit, SchemeKind
from dakehu.tiering.rules.bodies import KnownMeasure, Reader, body_to_data, is_whole
from dakehu.tiering.rules.matching import Match, matches_from
from dakehu.tiering.rules.sources import measure_from, source_to_data
from dakehu.tiering.values import CARD_NUMBERS, CardNumbers
from dakehu.tiering.values.problems import Path, Problem

FOREVER = date(2000, 1, 1)
"""From when the rules of a pack hold: as long as there is anything to evaluate."""

SCHEME_NAMES = {
    "code", "name", "name_en", "kind", "purpose", "purpose_en", "position",
    "evaluation_day", "with_prospects", "levels", "grace", "period", "card", "cohort",
}  # fmt: skip
MEASURE_NAMES = {"code", "kind", "unit", "name", "name_en", "source", "note"}
LEVEL_NAMES = {"rank", "name", "name_en", "purpose", "purpose_en", "when"}
PURPOSES = ("purpose", "purpose_en")
MOST_TEXT = 200_000


@dataclass(frozen=True)
class Fault:
    """One fault of a pack and the line on which it stands, counted from 1."""

    line: int
    problem: Problem


@dataclass
class Document:
    """A text read as plain data, with the line of every place in it."""

    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line_of(self, path: Path) -> int:
        """The line of a place, or of the nearest place around it that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def blame(self, problems: list[Problem]) -> None:
        """Note faults at their lines."""
        self.faults += [Fault(self.line_of(each.path), each) for each in problems]


@dataclass(frozen=True)
class PackMeasure:
    """One measure of a pack."""

    code: str
    kind: str
    unit: str
    name: str
    name_en: str
    source: Mapping[str, Any]
    note: str = ""

    @property
    def is_text(self) -> bool:
        """Whether rules may only look its values up in lists."""
        return measure_from(self.code, self.kind, self.source).is_text


@dataclass(frozen=True)
class PackLevel:
    """One level of a pack, with its names."""

    rank: int
    name: str
    name_en: str
    purpose: str = ""
    purpose_en: str = ""


@dataclass(frozen=True)
class Pack:
    """A scheme as a pack describes it; ``body`` are its rules as the records keep them."""

    code: str
    name: str
    name_en: str
    kind: str
    levels: tuple[PackLevel, ...]
    body: Mapping[str, Any]
    purpose: str = ""
    purpose_en: str = ""
    position: int = 50
    evaluation_day: int = 6
    with_prospects: bool = False


def read_document(text: str) -> Document:
    """Read a text as plain data; what is no YAML is a fault at its line."""
    document = Document()
    if len(text) > MOST_TEXT:
        document.faults.append(Fault(1, Problem((), "too_long")))
        return document
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        if node is not None:
            document.data = _plain(loader, node, (), document)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        document.faults.append(
            Fault(line, Problem((), "no_yaml", {"detail": error.problem or ""}))
        )
    except (yaml.YAMLError, ValueError, RecursionError):
        document.faults.append(Fault(1, Problem((), "no_yaml", {"detail": ""})))
    finally:
        loader.dispose()
    return document


def _plain(loader: yaml.SafeLoader, node: yaml.Node, path: Path, document: Document) -> Any:
    document.lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        data: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = loader.construct_object(key_node, deep=True)
            place = (*path, str(key))
            line = key_node.start_mark.line + 1
            if key in data:
                document.faults.append(Fault(line, Problem(place, "twice", {"name": str(key)})))
            data[key] = _plain(loader, value_node, place, document)
            document.lines[place] = line
        return data
    if isinstance(node, yaml.SequenceNode):
        return [_plain(loader, each, (*path, n), document) for n, each in enumerate(node.value)]
    return loader.construct_object(node, deep=True)


def read_measures(text: str) -> tuple[tuple[PackMeasure, ...], list[Fault]]:
    """Read the measures of a pack; with any fault there are none."""
    document = read_document(text)
    problems: list[Problem] = []
    found: list[PackMeasure] = []
    data = document.data
    rows = data.get("measures") if isinstance(data, Mapping) else None
    if not document.faults and not isinstance(rows, list):
        problems.append(Problem(("measures",), "no_measures"))
    for place, row in enumerate(rows if isinstance(rows, list) else ()):
        measure = _measure(row, ("measures", place), problems)
        if measure is not None and measure.code in {each.code for each in found}:
            problems.append(Problem(("measures", place), "twice", {"name": measure.code}))
        elif measure is not None:
            found.append(measure)
    document.blame(problems)
    return ((), document.faults) if document.faults else (tuple(found), [])


def _measure(row: Any, path: Path, problems: list[Problem]) -> PackMeasure | None:
    before = len(problems)
    if not isinstance(row, Mapping):
        problems.append(Problem(path, "not_a_mapping"))
        return None
    _check_names(row, MEASURE_NAMES, path, problems)
    _check_texts(row, ("code", "name", "name_en"), path, problems)
    kind = _choice(row, "kind", ("group", "individual"), path, problems)
    unit = _choice(row, "unit", [each.lower() for each in MeasureUnit.values], path, problems)
    if len(problems) > before:
        return None
    try:
        source = source_to_data(measure_from(row["code"], kind.upper(), row.get("source")).source)
    except ValueError as error:
        problems.append(Problem((*path, "source"), str(error)))
        return None
    return PackMeasure(
        row["code"], kind.upper(), unit.upper(), row["name"], row["name_en"], source,
        str(row.get("note", "")),
    )  # fmt: skip


def read_pack(
    text: str, measures: Mapping[str, KnownMeasure], cities: Collection[str] = ()
) -> tuple[Pack | None, list[Fault]]:
    """Read a scheme with its levels and rules, which may name ``measures`` and ``cities``."""
    document = read_document(text)
    if document.faults:
        return None, document.faults
    data, problems = document.data, []  # type: ignore[var-annotated]
    if not isinstance(data, Mapping):
        return None, [Fault(1, Problem((), "not_a_mapping"))]
    _check_names(data, SCHEME_NAMES, (), problems)
    _check_texts(data, ("code", "name", "name_en"), (), problems)
    kinds = [each.lower() for each in SchemeKind.values]
    kind = _choice(data, "kind", kinds, (), problems)
    body = _body(data, Reader(measures, cities), problems)
    levels = _levels(data, problems)
    _check_number(data, "evaluation_day", (1, 28), problems)
    _check_number(data, "position", (0, 999), problems)
    document.blame(problems)
    if document.faults:
        return None, sorted(document.faults, key=lambda each: each.line)
    return (
        Pack(
            code=data["code"],
            name=data["name"],
            name_en=data["name_en"],
            kind=kind.upper(),
            levels=levels,
            body=body,
            **{name: str(data.get(name, "")) for name in PURPOSES},
            position=data.get("position", 50),
            evaluation_day=data.get("evaluation_day", 6),
            with_prospects=bool(data.get("with_prospects", False)),
        ),
        [],
    )


@dataclass(frozen=True)
class PackMapping:
    """Which levels of two schemes a pack matches, by the codes of the schemes."""

    scheme: str
    other: str
    matches: tuple[Match, ...]
    reason: str = ""


def read_mappings(text: str) -> tuple[tuple[PackMapping, ...], list[Fault]]:
    """Read the matches of a pack; with any fault there are none."""
    document, problems = read_document(text), []
    rows = document.data.get("matches") if isinstance(document.data, Mapping) else None
    if not document.faults and not isinstance(rows, list):
        problems.append(Problem(("matches",), "no_matches"))
    found = [
        _mapping(row, ("matches", place), problems)
        for place, row in enumerate(rows if isinstance(rows, list) else ())
    ]
    document.blame(problems)
    return ((), document.faults) if document.faults else (tuple(filter(None, found)), [])


def _mapping(row: Any, path: Path, problems: list[Problem]) -> PackMapping | None:
    if not isinstance(row, Mapping):
        problems.append(Problem(path, "not_a_mapping"))
        return None
    _check_names(row, {"from", "to", "reason", "levels"}, path, problems)
    _check_texts(row, ("from", "to"), path, problems)
    levels, before = row.get("levels"), len(problems)
    if not isinstance(levels, list) or not levels:
        problems.append(Problem((*path, "levels"), "no_levels"))
        return None
    for place, level in enumerate(levels):
        _check_match(level, (*path, "levels", place), problems)
    if len(problems) > before:
        return None
    return PackMapping(row["from"], row["to"], matches_from(levels), str(row.get("reason", "")))


def _check_match(level: Any, path: Path, problems: list[Problem]) -> None:
    if not isinstance(level, Mapping):
        problems.append(Problem(path, "not_a_mapping"))
        return
    _check_names(level, {"rank", "to", "to_confirm"}, path, problems)
    for name in ("rank", "to"):
        rank = level.get(name)
        if not isinstance(rank, int) or isinstance(rank, bool) or not 0 <= rank <= 99:
            problems.append(Problem((*path, name), "rank"))


def _body(data: Mapping[str, Any], reader: Reader, problems: list[Problem]) -> dict[str, Any]:
    """Read the rules of a pack, of whichever form they are."""
    if "cohort" in data:
        cohort = data["cohort"]
        if not isinstance(cohort, Mapping) or "bar" not in cohort:
            reader.fault(("cohort",), "no_bar")
        else:
            reader.unknown_names(cohort, {"bar", "at_bar"}, ("cohort",))
            reader.condition(in_fen(cohort["bar"]), ("cohort", "bar"))
        problems += reader.problems
        return {"cohort": in_fen(cohort)} if not reader.problems else {}
    if "card" in data:
        return {"card": _card(data["card"], reader, problems)}
    rules = reader.rules(in_fen(data), ())
    problems += reader.problems
    return {} if rules is None or reader.problems else body_to_data(rules)


def _card(data: Any, reader: Reader, problems: list[Problem]) -> dict[str, Any]:
    path: Path = ("card",)
    numbers = _card_numbers(data, path, {"local"}, problems)
    local = data.get("local", {}) if isinstance(data, Mapping) else {}
    if not isinstance(local, Mapping):
        problems.append(Problem((*path, "local"), "not_a_mapping"))
        local = {}
    own = {}
    for city, typed in local.items():
        place = (*path, "local", str(city))
        if reader.cities is not None and city not in reader.cities:
            facts = {"city": str(city), "known": ", ".join(reader.cities)}
            problems.append(Problem(place, "unknown_city", facts))
        own[city] = _card_numbers(typed, place, set(), problems)
    return {**CardNumbers().parameters, **numbers} | ({"local": own} if own else {})


def _card_numbers(
    data: Any, path: Path, others: set[str], problems: list[Problem]
) -> dict[str, int]:
    """Read numbers of the card level that stand at a place."""
    if not isinstance(data, Mapping):
        problems.append(Problem(path, "not_a_mapping"))
        return {}
    _check_names(data, {*CARD_NUMBERS, *others}, path, problems)
    named = {name: data[name] for name in CARD_NUMBERS if name in data}
    found = {name: n for name, n in named.items() if is_whole(n) and n >= 0}
    problems += [
        Problem((*path, name), "whole_number", {"measure": name})
        for name in named
        if name not in found
    ]
    return found


def in_fen(data: Any) -> Any:
    """Return plain data in which amounts written as ``yuan`` are values in fen."""
    if isinstance(data, Mapping):
        plain = {name: in_fen(value) for name, value in data.items()}
        if "measure" in plain and isinstance(plain.get("yuan"), int | float):
            plain["value"] = round(plain.pop("yuan") * 100)
            if isinstance(own := plain.get("local"), Mapping):
                plain["local"] = {city: fen(number) for city, number in own.items()}
        return plain
    return [in_fen(each) for each in data] if isinstance(data, list) else data


def fen(yuan: Any) -> Any:
    """Return an amount in fen; what is no amount stays, to be blamed where it stands."""
    is_amount = isinstance(yuan, int | float) and not isinstance(yuan, bool)
    return round(yuan * 100) if is_amount else yuan


def _levels(data: Mapping[str, Any], problems: list[Problem]) -> tuple[PackLevel, ...]:
    rows = data.get("levels")
    found = []
    for place, row in enumerate(rows if isinstance(rows, list) else ()):
        path: Path = ("levels", place)
        if isinstance(row, Mapping):
            _check_names(row, LEVEL_NAMES, path, problems)
            _check_texts(row, ("name", "name_en"), path, problems)
            texts = {name: str(row.get(name, "")) for name in ("name", "name_en", *PURPOSES)}
            found.append(PackLevel(row.get("rank", 0), **texts))
    return tuple(found)


def _check_names(
    row: Mapping[str, Any], known: set[str], path: Path, problems: list[Problem]
) -> None:
    for name in row:
        if name not in known:
            facts = {"name": str(name), "known": ", ".join(sorted(known))}
            problems.append(Problem((*path, str(name)), "unknown_name", facts))


def _check_texts(
    row: Mapping[str, Any], names: tuple[str, ...], path: Path, problems: list[Problem]
) -> None:
    for name in names:
        if not isinstance(row.get(name), str) or not row[name].strip():
            problems.append(Problem((*path, name), "no_text", {"name": name}))


def _check_number(
    row: Mapping[str, Any], name: str, bounds: tuple[int, int], problems: list[Problem]
) -> None:
    value = row.get(name, bounds[0])
    if (
        not isinstance(value, int)
        or isinstance(value, bool)
        or not bounds[0] <= value <= bounds[1]
    ):
        facts = {"name": name, "least": bounds[0], "most": bounds[1]}
        problems.append(Problem((name,), "out_of_bounds", facts))


def _choice(
    row: Mapping[str, Any], name: str, known: Any, path: Path, problems: list[Problem]
) -> str:
    value = row.get(name)
    if value not in known:
        problems.append(Problem((*path, name), "one_of", {"known": ", ".join(known)}))
        return str(known[0])
    return str(value)
