"""`dakehu audit`: seal what was recorded, and check that nothing was rewritten since."""

from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.core.management import CommandError, CommandParser
from django.db import OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dakehu.audit import operations
from dakehu.audit.choices import ExitCode, Trail
from dakehu.audit.queries.sealed import verify_trails
from dakehu.audit.values import Break, Verdict
from dakehu.ui.commands import WordedCommand


class Command(WordedCommand):
    purpose = gettext_lazy("Seal the change log and the access log, or check that they are whole.")

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> CommandParser:
        options.setdefault("epilog", exit_codes())
        options.setdefault("formatter_class", RawDescriptionHelpFormatter)
        return super().create_parser(prog_name, subcommand, **options)

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="seal|verify")
        what.add_parser("seal", help=_("seal what was recorded since the last time"))
        what.add_parser("verify", help=_("check every seal; say which rows were rewritten"))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "seal":
            self.seal()
        else:
            self.verify()

    def seal(self) -> None:
        """Seal both trails.

        :raises CommandError: if the database was too busy.
        """
        try:
            counts = operations.seal_trails(at=timezone.now())
        except OperationalError as error:
            words = _("The database was too busy to seal. Nothing is lost; run it again.")
            raise CommandError(words, returncode=ExitCode.BUSY) from error
        for subject, count in counts.items():
            words = _("%(trail)s: %(count)s rows sealed.")
            self.stdout.write(words % {"trail": Trail(subject).label, "count": count})

    def verify(self) -> None:
        """Check both trails and say what was found.

        :raises CommandError: if one of them was rewritten.
        """
        verdicts = verify_trails()
        for verdict in verdicts:
            self.stdout.write(sentence_of(verdict))
        if not all(verdict.is_whole for verdict in verdicts):
            words = _("The record was rewritten. Keep the database as it is and find out why.")
            raise CommandError(words, returncode=ExitCode.BROKEN)


def exit_codes() -> str:
    """Describe the exit codes, for the end of the help text."""
    meanings = {
        0: _("done; whole"),
        1: _("something unexpected; --traceback shows where"),
        2: _("the command was called wrongly"),
        ExitCode.BROKEN: _("rows were altered, removed or slipped in"),
        ExitCode.BUSY: _("the database was too busy to seal; run it again"),
    }
    lines = [_("exit codes:"), *(f"  {code:>3d}  {words}" for code, words in meanings.items())]
    return "\n".join(lines)


def sentence_of(verdict: Verdict) -> str:
    """Return what checking a trail found, in a sentence."""
    trail = Trail(verdict.subject).label
    if verdict.trouble:
        words = _("%(trail)s: broken. %(trouble)s")
        return words % {"trail": trail, "trouble": trouble_in_words(verdict.trouble)}
    words = _("%(trail)s: whole. %(rows)s rows sealed, %(unsealed)s more since.")
    told = words % {"trail": trail, "rows": verdict.rows, "unsealed": verdict.unsealed}
    if not verdict.is_anchored:
        told += " " + _("The home folder does not vouch for the end: it holds no newest seal.")
    return told


def trouble_in_words(trouble: Break) -> str:
    """Return where a trail is broken, and how, in a sentence."""
    words = {
        "LINK_MISSING": _("The seal over the rows %(first)s to %(last)s is missing."),
        "ROWS_MISSING": _("Of the rows %(first)s to %(last)s, %(rows)s were removed."),
        "ROWS_ADDED": _("Among the rows %(first)s to %(last)s, %(rows)s were slipped in."),
        "ROWS_ALTERED": _(
            "Among the rows %(first)s to %(last)s, or in their seal, some were altered."
        ),
        "END_MISSING": _(
            "The rows %(first)s to %(last)s and their seals were cut off at the end."
        ),
    }[trouble.kind]
    return words % {"first": trouble.first_id, "last": trouble.last_id, "rows": trouble.rows}
