"""`dakehu changepassword`: back in when nobody is left who could give access on screen."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from dakehu.audit.models import Change
from dakehu.signin.queries import has_second_factor

GIVEN = re.compile(r"with (\w{14}) and")


@pytest.fixture
def run(english):
    """Return a function that runs the command and gives what it printed."""

    def printed(*arguments):
        out = StringIO()
        call_command("changepassword", *arguments, stdout=out)
        return out.getvalue()

    return printed


def test_the_password_lets_in_and_has_to_be_changed(run, manager):
    type(manager).objects.update(is_active=False)

    given = GIVEN.search(run("manager"))[1]

    manager.refresh_from_db()
    assert manager.check_password(given)
    assert (manager.is_active, manager.must_change_password) == (True, True)
    change = Change.objects.get()
    assert change.actor_id is None
    assert given not in str(change.fields)


@pytest.mark.usefixtures("app")
def test_second_factors_go_only_if_asked(run, manager):
    run("manager")
    assert has_second_factor(manager)

    run("manager", "--remove-factors")
    assert not has_second_factor(manager)


def test_an_unknown_name_is_told(run, db):
    with pytest.raises(CommandError, match="Nobody has the user name x"):
        run("x")
