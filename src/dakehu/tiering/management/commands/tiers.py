"""`dakehu tiers`: evaluate schemes, try rules out; list, check, load and export schemes."""

import json
from argparse import ArgumentTypeError
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dakehu.people.queries import cities, staff_who_may
from dakehu.tiering.errors import UnableToChangeRules, UnableToEvaluate, UnableToSimulate
from dakehu.tiering.jobs.packs import MATCHES, MEASURES
from dakehu.tiering.management import simulating
from dakehu.tiering.models import Scheme
from dakehu.tiering.operations.running import evaluate
from dakehu.tiering.operations.schemes import load_scheme
from dakehu.tiering.policies import RULES
from dakehu.tiering.queries.loading import pack_in, text_of
from dakehu.tiering.queries.measures import known_to_rules
from dakehu.tiering.queries.schemes import rules_in_force, schemes_known, versions_of
from dakehu.tiering.queries.wording import fault_words, name_of
from dakehu.tiering.rules.bodies import KnownMeasure
from dakehu.tiering.rules.packs import Fault, read_mappings, read_measures, read_pack
from dakehu.ui.commands import WordedCommand

FAULTY = 7


def day_argument(text: str) -> date:
    """Read a day written YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(_("write the day as YYYY-MM-DD")) from error


def faults_of(name: str, text: str, known: Mapping[str, KnownMeasure]) -> list[Fault]:
    """Return what is wrong with a pack; its name tells whether it holds measures or matches."""
    if name == MEASURES:
        return read_measures(text)[1]
    return (
        read_mappings(text)[1] if name == MATCHES else read_pack(text, known, tuple(cities()))[1]
    )


def scheme_named(code: str) -> Scheme:
    """
    Return a scheme by its code.

    :raises CommandError: naming the codes there are.
    """
    found = schemes_known().filter(code=code).first()
    if found is None:
        known = ", ".join(each.code for each in schemes_known())
        words = _("There is no scheme %(code)s. Known: %(known)s.")
        raise CommandError(words % {"code": code, "known": known})
    return found


class Command(WordedCommand):
    purpose = gettext_lazy("Evaluate tier schemes, try rules out; list, check, load schemes.")

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="COMMAND")
        run = what.add_parser("evaluate", help=_("evaluate a scheme; later evaluations follow"))
        run.add_argument("--scheme", required=True, metavar="CODE", help=_("code of the scheme"))
        run.add_argument("--date", type=day_argument, help=_("data day; the newest by default"))
        run.add_argument("--json", action="store_true", help=_("print JSON"))
        simulating.add_arguments(
            what.add_parser("simulate", help=_("try rules out; nobody's level changes")),
            day_argument,
        )
        what.add_parser("list", help=_("schemes with the rules in force"))
        check = what.add_parser("check", help=_("check a rule pack and name every faulty line"))
        check.add_argument("pack", type=Path, metavar="FILE", help=_("YAML of a scheme"))
        load = what.add_parser("load", help=_("take a scheme from a file; its rules are a draft"))
        load.add_argument("pack", type=Path, metavar="FILE", help=_("YAML of a scheme"))
        load.add_argument("--user", required=True, help=_("user name of whoever answers for it"))
        export = what.add_parser("export", help=_("print a scheme as YAML"))
        export.add_argument("scheme", metavar="CODE", help=_("code of the scheme"))
        export.add_argument("--version", type=int, dest="number", help=_("the newest by default"))

    def handle(self, *args: Any, **options: Any) -> None:
        acts = {
            "evaluate": self.evaluate,
            "simulate": self.simulate,
            "list": self.list,
            "check": self.check,
            "load": self.load,
            "export": self.export,
        }
        acts[options["what"]](**options)

    def evaluate(self, *, scheme: str, date: date | None, json: bool, **_options: Any) -> None:
        """Evaluate a scheme and print what changed.

        :raises CommandError: if there is no such scheme, or nothing to evaluate.
        """
        found = scheme_named(scheme)
        try:
            evaluations = evaluate(found, day=date, by=None, at=timezone.now())
        except UnableToEvaluate as refusal:
            raise CommandError(str(refusal)) from refusal
        for each in evaluations:
            self.tell(found, each, as_json=json)

    def tell(self, scheme: Any, evaluation: Any, *, as_json: bool) -> None:
        """Print what one evaluation came to."""
        told = {
            "scheme": scheme.code,
            "date": evaluation.day.isoformat(),
            "rules": evaluation.rule_set.number,
            "customers": evaluation.customers,
            "changed": evaluation.changed,
            "levels": evaluation.levels,
            "turns": evaluation.turns,
        }
        if as_json:
            self.stdout.write(json.dumps(told))
            return
        said = _(
            "%(name)s, data of %(date)s: %(customers)s customers, %(changed)s levels changed."
        )
        self.stdout.write(said % {**told, "name": name_of(scheme)})

    def simulate(self, **options: Any) -> None:
        """Print what rules would do.

        :raises CommandError: if the rules or the day are not there, or faulty.
        """
        try:
            simulating.simulate(options, self.stdout)
        except UnableToSimulate as refusal:
            raise CommandError(str(refusal)) from refusal

    def list(self, **_options: Any) -> None:
        """Print the schemes."""
        for each in schemes_known():
            rules = rules_in_force(each, on=timezone.localdate())
            number = rules.number if rules else "-"
            self.stdout.write(f"{each.code}\t{name_of(each)}\t{number}")

    def check(self, *, pack: Path, **_options: Any) -> None:
        """Check a pack against the measures known here.

        :raises CommandError: naming every faulty line, or that there is no such file.
        """
        try:
            text = pack.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(_("%(file)s cannot be read.") % {"file": pack}) from error
        known = known_to_rules("GROUP") | known_to_rules("INDIVIDUAL")
        faults = faults_of(pack.name, text, known)
        if faults:
            raise CommandError("\n".join(map(fault_words, faults)), returncode=FAULTY)
        self.stdout.write(_("No fault."))

    def load(self, *, pack: Path, user: str, **_options: Any) -> None:
        """Take a scheme from a file.

        :raises CommandError: naming every faulty line, or what stands against it.
        """
        by = staff_who_may(RULES).filter(username=user).first()
        if by is None:
            raise CommandError(_("%(user)s is nobody who may change rules.") % {"user": user})
        try:
            draft = load_scheme(pack=pack_in(pack.read_bytes()), by=by, at=timezone.now())
        except OSError as error:
            raise CommandError(_("%(file)s cannot be read.") % {"file": pack}) from error
        except UnableToChangeRules as refusal:
            raise CommandError(str(refusal), returncode=FAULTY) from refusal
        words = _("%(code)s: version %(number)s is a draft. Propose it on its page.")
        self.stdout.write(words % {"code": draft.scheme.code, "number": draft.number})

    def export(self, *, scheme: str, number: int | None, **_options: Any) -> None:
        """Print a scheme as YAML.

        :raises CommandError: if there is no such scheme or version.
        """
        found = versions_of(scheme_named(scheme))
        version = found.filter(number=number).first() if number else found.first()
        if version is None:
            raise CommandError(_("There is no such version of the rules."))
        self.stdout.write(text_of(version), ending="")
