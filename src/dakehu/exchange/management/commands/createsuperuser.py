"""`dakehu createsuperuser`: the first administrator of an installation, made ready on the way."""

import os
from getpass import getpass
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dakehu.exchange.choices import ExitCode
from dakehu.exchange.errors import UnableToRun
from dakehu.exchange.jobs import readiness
from dakehu.exchange.jobs.troubles import told_in_words
from dakehu.exchange.management.running import ExchangeCommand
from dakehu.people.errors import UnableToCreateStaff
from dakehu.people.operations import create_staff, ensure_province
from dakehu.people.values import NewStaff

PASSWORD_VARIABLE = "DJANGO_SUPERUSER_PASSWORD"  # noqa: S105 - the name, not the word itself


class Command(ExchangeCommand):
    purpose = gettext_lazy("Make the first administrator.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", help=_("name to log in with"))
        parser.add_argument("--name", default="", help=_("name of the person"))
        parser.add_argument(
            "--noinput",
            action="store_true",
            help=_("ask nothing; the password is in %(name)s") % {"name": PASSWORD_VARIABLE},
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with told_in_words():
                readiness.make_ready(settings.HOME, self.stdout.write)
                username = options["username"] or self.asked(_("User name: "), options)
                self.create(username, options["name"] or username, self.password(options))
        except UnableToRun as refusal:
            self.end_with(refusal, refusal.exit_code)
        self.stdout.write(_("%(name)s can log in now.") % {"name": username})

    def asked(self, question: str, options: dict[str, Any]) -> str:
        """Ask for a word.

        :raises CommandError: if nothing may be asked.
        """
        if options["noinput"]:
            raise CommandError(_("Name the person: --username"), returncode=ExitCode.BAD_USAGE)
        return input(question).strip()

    def password(self, options: dict[str, Any]) -> str:
        """Return a password that is good enough.

        :raises CommandError: if it is not, with the reasons.
        """
        if options["noinput"]:
            word = os.environ.get(PASSWORD_VARIABLE, "")
        else:
            word = getpass(_("Password: "))
            if word != getpass(_("Password again: ")):
                raise CommandError(_("The two passwords differ."), returncode=ExitCode.BAD_USAGE)
        try:
            validate_password(word)
        except ValidationError as error:
            words = " ".join(error.messages)
            raise CommandError(words, returncode=ExitCode.BAD_USAGE) from error
        return word

    def create(self, username: str, name: str, password: str) -> None:
        """Add the person to the province.

        :raises CommandError: if the user name is taken.
        """
        at = timezone.now()
        person = NewStaff(username=username, name=name, role="ADMINISTRATOR")
        try:
            create_staff(person, unit=ensure_province(at=at), by=None, at=at, password=password)
        except UnableToCreateStaff as error:
            words = _("The user name %(name)s is taken.") % {"name": username}
            raise CommandError(words, returncode=ExitCode.BAD_USAGE) from error
