"""`dakehu cohorts`: list snapshot cohorts, show one day by day, compare several (T17, S4)."""

import json
from datetime import date
from typing import Any

from django.core.management import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dakehu.tiering.choices import MemberState
from dakehu.tiering.queries.bars import bar_words
from dakehu.tiering.queries.cohorts import all_cohorts, all_retention_days
from dakehu.tiering.rules.cohorts import retention_of
from dakehu.ui.commands import WordedCommand

MOST_COMPARED = 5


class Command(WordedCommand):
    purpose = gettext_lazy("List snapshot cohorts, show one day by day, compare several.")

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="COMMAND")
        listed = what.add_parser("list", help=_("all cohorts with members and newest retention"))
        shown = what.add_parser("show", help=_("one cohort: every followed day"))
        shown.add_argument("cohort", type=int, metavar="NUMBER", help=_("number of the cohort"))
        beside = what.add_parser("compare", help=_("the retention of several at the same age"))
        beside.add_argument(
            "cohorts", type=int, nargs="+", metavar="NUMBER", help=_("numbers of the cohorts")
        )
        for each in (listed, shown, beside):
            each.add_argument("--json", action="store_true", help=_("print JSON"))

    def handle(self, *args: Any, **options: Any) -> None:
        acts = {"list": self.listed, "show": self.show, "compare": self.compare}
        lines = acts[options["what"]](**options)
        if options["json"]:
            self.stdout.write(json.dumps(lines, ensure_ascii=False))
            return
        for line in lines:
            self.stdout.write("\t".join("-" if v is None else str(v) for v in line.values()))

    def listed(self, **_options: Any) -> list[dict[str, Any]]:
        """Return all cohorts as they stand on their newest day."""
        return [
            {
                "number": each.pk,
                "frozen": each.day.isoformat(),
                **(days_of(each)[-1:] or [{}])[0],
                "bar": bar_words(each.bar),
                "name": each.name,
            }
            for each in all_cohorts()
        ]

    def show(self, *, cohort: int, **_options: Any) -> list[dict[str, Any]]:
        """Return every followed day of a cohort.

        :raises CommandError: if there is none with that number.
        """
        return days_of(numbered(cohort))

    def compare(self, *, cohorts: list[int], **_options: Any) -> list[dict[str, Any]]:
        """Return the retention of several cohorts by days since frozen; unknown where not looked.

        :raises CommandError: if there is none with a number, or there are too many.
        """
        if len(cohorts) > MOST_COMPARED:
            raise CommandError(_("Compare at most %(most)s cohorts.") % {"most": MOST_COMPARED})
        rates = {
            number: {each["age"]: each["retention"] for each in days_of(numbered(number))}
            for number in cohorts
        }
        ages = sorted({age for found in rates.values() for age in found})
        return [
            {"age": age, **{str(number): found.get(age) for number, found in rates.items()}}
            for age in ages
        ]


def numbered(number: int) -> Any:
    """
    Return a cohort.

    :raises CommandError: if there is none with that number.
    """
    found = all_cohorts().filter(pk=number).first()
    if found is None:
        known = ", ".join(str(each.pk) for each in all_cohorts()) or "-"
        words = _("There is no cohort %(number)s. Known: %(known)s.")
        raise CommandError(words % {"number": number, "known": known})
    return found


def days_of(cohort: Any) -> list[dict[str, Any]]:
    """Return the followed days of a cohort: age, members by state, retention in per cent."""
    counts = all_retention_days(cohort)
    return [day_told(cohort, day, told) for day, told in counts.items()]


def day_told(cohort: Any, day: date, told: Any) -> dict[str, Any]:
    """Return one followed day of a cohort."""
    retention = retention_of(told, at_bar=cohort.at_bar)
    return {
        "date": day.isoformat(),
        "age": (day - cohort.day).days,
        "members": retention.members,
        **{state.value.lower(): told.get(state, 0) for state in MemberState},
        "retention": retention.percent,
    }
