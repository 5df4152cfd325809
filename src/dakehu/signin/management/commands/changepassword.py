"""`dakehu changepassword`: back in when nobody is left who could give access on screen."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dakehu.signin import operations, queries
from dakehu.ui.commands import WordedCommand


class Command(WordedCommand):
    purpose = gettext_lazy("Give a person a new password for one log-in.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help=_("name to log in with"))
        parser.add_argument(
            "--remove-factors",
            action="store_true",
            help=_("also remove the second factors, when they are lost"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the password, which is stored nowhere.

        :raises CommandError: if nobody has that user name.
        """
        person = queries.person_called(options["username"])
        if person is None:
            words = _("Nobody has the user name %(name)s.") % {"name": options["username"]}
            raise CommandError(words)
        given = operations.restore_access(
            staff=person, without_factors=options["remove_factors"], at=timezone.now()
        )
        told = {"name": person.username, "password": given}
        self.stdout.write(
            _("%(name)s can log in once with %(password)s and chooses a new password then.") % told
        )
