"""`dakehu targets`: list target groups, show one, read the members of live ones."""

import json
from typing import Any

from django.core.management import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dakehu.targets.errors import UnableToRead
from dakehu.targets.operations.reading import (
    read_live_groups,
    read_members,
    stop_reading,
)
from dakehu.targets.queries.groups import all_groups, readings_of, told_of
from dakehu.ui.commands import WordedCommand


class Command(WordedCommand):
    purpose = gettext_lazy("List target groups, show one, read the members of live ones.")

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="COMMAND")
        listed = what.add_parser("list", help=_("all groups with state and number of members"))
        listed.add_argument("--json", action="store_true", help=_("print JSON"))
        shown = what.add_parser("show", help=_("one group: condition, members, readings"))
        shown.add_argument("group", type=int, metavar="NUMBER", help=_("number of the group"))
        shown.add_argument("--json", action="store_true", help=_("print JSON"))
        read = what.add_parser("refresh", help=_("read the members of live groups now"))
        read.add_argument(
            "--group", type=int, metavar="NUMBER", help=_("this group alone; all by default")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        acts = {"list": self.list, "show": self.show, "refresh": self.refresh}
        acts[options["what"]](**options)

    def list(self, *, json: bool, **_options: Any) -> None:
        """Print all groups."""
        lines = [summary_of(each) for each in all_groups()]
        if json:
            self.print_json(lines)
            return
        for each in lines:
            told = (str(each[name]) for name in ("number", "state", "members", "name"))
            self.stdout.write("\t".join(told))

    def show(self, *, group: int, json: bool, **_options: Any) -> None:
        """Print one group.

        :raises CommandError: if there is none with that number.
        """
        found = group_numbered(group)
        told = told_of(found)
        readings = [
            {
                "date": each.day.isoformat(),
                "members": each.members,
                "joined": each.joined,
                "dropped": each.dropped,
            }
            for each in readings_of(found)
        ]
        if json:
            self.print_json({**summary_of(found), "condition": told.words, "readings": readings})
            return
        self.stdout.write(f"{found.name} ({found.get_state_display()})")
        self.stdout.write(told.words)
        for each in readings:
            self.stdout.write("\t".join(str(value) for value in each.values()))

    def refresh(self, *, group: int | None, **_options: Any) -> None:
        """Read the members of one group, or of all live ones.

        :raises CommandError: if there is no such group, or it cannot be read.
        """
        at = timezone.now()
        if group is None:
            changed = read_live_groups(at=at)
        else:
            found = group_numbered(group)
            try:
                changed = read_members(found, at=at)
            except UnableToRead as refusal:
                stop_reading(found, words=str(refusal))
                raise CommandError(str(refusal)) from refusal
        said = _("%(joined)s joined, %(left)s dropped out.")
        self.stdout.write(said % {"joined": len(changed.joined), "left": len(changed.left)})

    def print_json(self, told: Any) -> None:
        """Print plain values as JSON."""
        self.stdout.write(json.dumps(told, ensure_ascii=False))


def group_numbered(number: int) -> Any:
    """Return one group.

    :raises CommandError: if there is none with that number.
    """
    found = all_groups().filter(pk=number).first()
    if found is None:
        raise CommandError(_("There is no target group %(number)s.") % {"number": number})
    return found


def summary_of(group: Any) -> dict[str, Any]:
    """Return what the list tells of a group, as plain values."""
    return {
        "number": group.pk,
        "name": group.name,
        "state": group.state,
        "membership": group.membership,
        "kind": group.kind,
        "unit": group.unit.code,
        "members": group.size,
    }
