"""`dakehu tiers simulate`: rules tried out, told at the terminal; nothing is written."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import CommandParser
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from dakehu.tiering.errors import UnableToSimulate
from dakehu.tiering.models import RuleSet, Scheme
from dakehu.tiering.operations.simulating import require_data, require_measures
from dakehu.tiering.queries.moving import level_word
from dakehu.tiering.queries.schemes import (
    body_of,
    level_names,
    rules_in_force,
    schemes_known,
    versions_of,
)
from dakehu.tiering.queries.simulating import simulated
from dakehu.tiering.queries.trying import Tried, rules_in, version_tried
from dakehu.tiering.queries.wording import name_of
from dakehu.tiering.rules.bodies import body_from_data
from dakehu.tiering.rules.loads import load_of
from dakehu.tiering.rules.simulation import Moves


def add_arguments(parser: CommandParser, day: Callable[[str], date]) -> None:
    """Describe what the command takes; ``day`` reads a day."""
    parser.add_argument("--scheme", required=True, metavar="CODE", help=_("code of the scheme"))
    rules = parser.add_mutually_exclusive_group()
    rules.add_argument(
        "--draft", type=int, metavar="N", help=_("version to try out; the newest by default")
    )
    rules.add_argument("--file", type=Path, help=_("YAML file with the rules to try out"))
    parser.add_argument("--date", type=day, help=_("data day; the newest by default"))
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def simulate(options: Mapping[str, Any], out: Any) -> None:
    """
    Try rules out and print what they would do.

    :raises UnableToSimulate: if the rules or the day are not there, or faulty.
    """
    scheme = scheme_named(options["scheme"])
    tried = chosen_rules(scheme, draft=options["draft"], file=options["file"])
    told = outcome_of(tried, day=options["date"])
    if options["json"]:
        out.write(json.dumps(told))
    else:
        show(scheme, told, Console(file=out._out))


def scheme_named(code: str) -> Scheme:
    """
    Return a scheme by its code.

    :raises UnableToSimulate: if there is none; it names those that are known.
    """
    found = next((each for each in schemes_known() if each.code == code), None)
    if found is None:
        known = ", ".join(each.code for each in schemes_known())
        words = _("There is no scheme %(code)s. Known: %(known)s.")
        raise UnableToSimulate(words % {"code": code, "known": known})
    return found


def chosen_rules(scheme: Scheme, *, draft: int | None, file: Path | None) -> Tried:
    """
    Return the rules to try out: a file, a version, or else the newest version.

    :raises UnableToSimulate: if they are not there or faulty.
    """
    if file is not None:
        return rules_in_file(scheme, file)
    found = versions_of(scheme).filter(**({} if draft is None else {"number": draft})).first()
    if found is None:
        words = _("There is no version %(number)s of these rules.")
        raise UnableToSimulate(words % {"number": draft})
    return version_tried(found)


def rules_in_file(scheme: Scheme, file: Path) -> Tried:
    """
    Return the rules in a file, which must be of the scheme.

    :raises UnableToSimulate: if they are not there or faulty.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        words = _("%(file)s cannot be read: %(reason)s.")
        raise UnableToSimulate(words % {"file": file, "reason": error.strerror}) from error
    tried = rules_in(content, name=file.name)
    if tried.scheme != scheme:
        words = _("%(file)s has rules of %(found)s, not of %(wanted)s.")
        facts = {"file": file, "found": tried.scheme.code, "wanted": scheme.code}
        raise UnableToSimulate(words % facts)
    return tried


def outcome_of(tried: Tried, *, day: date | None) -> dict[str, Any]:
    """
    Try rules out and return what they give, ready for JSON.

    :raises UnableToSimulate: if there are no data of that day, or a measure is gone.
    """
    day = require_data(day)
    scheme, body = tried.scheme, body_from_data(tried.body)
    in_force = rules_in_force(scheme, on=day)
    require_measures(scheme, body)
    base = None if in_force is None else body_of(in_force)
    with simulated(scheme, body, base=base, day=day) as found:
        return {
            "scheme": scheme.code,
            "rules": number_of(tried.rule_set) or tried.label,
            "in_force": number_of(in_force),
            "date": day.isoformat(),
            "customers": found.customers,
            "levels": found.levels(),
            "against_rules": moves_told(found.moves("base")),
            "against_present": moves_told(found.moves("before")),
            "load": {
                basis: vars(
                    load_of(scheme.code, {r: n for r, n in counts.items() if r is not None})
                )
                for basis, counts in (
                    ("before", found.moves("base").before()),
                    ("after", found.moves("base").after()),
                )
            },
        }


def number_of(rule_set: RuleSet | None) -> int | None:
    """Return the number of a version, if there is one."""
    return None if rule_set is None else rule_set.number


def moves_told(moves: Moves) -> dict[str, Any]:
    """Return moves, ready for JSON."""
    listed = [
        {"from": was, "to": now, "customers": count}
        for (was, now), count in sorted(moves.moved.items(), reverse=True)
    ]
    return {"up": moves.up, "down": moves.down, "moves": listed}


def show(scheme: Scheme, told: dict[str, Any], console: Console) -> None:
    """Print what rules would do, as tables."""
    levels = level_names(scheme)
    facts = {**told, "name": name_of(scheme)}
    console.print(
        _("%(name)s, data of %(date)s: %(customers)s customers; nothing was changed.") % facts,
        highlight=False,
    )
    for title, key in (
        (_("Compared with the rules in force"), "against_rules"),
        (_("Compared with the present levels"), "against_present"),
    ):
        table = Table(title=title, title_justify="left")
        table.add_column(_("Level before"))
        table.add_column(_("Level after"))
        table.add_column(_("Customers"), justify="right")
        for move in told[key]["moves"]:
            names = level_word(levels, move["from"]), level_word(levels, move["to"])
            table.add_row(*names, f"{move['customers']:,}")
        table.add_row(_("Upgrade"), "", f"{told[key]['up']:,}")
        table.add_row(_("Downgrade"), "", f"{told[key]['down']:,}")
        console.print(table)
