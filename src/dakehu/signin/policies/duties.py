"""What a person has to do before anything else."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings

from dakehu.signin.choices import Duty, Method
from dakehu.signin.policies.factors import needs_second_factor
from dakehu.signin.rules import is_password_due
from dakehu.signin.values import PasswordState

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def duty_of(person: "Staff", *, method: str, is_proved_twice: bool, at: datetime) -> Duty | None:
    """
    Return what is due first, if anything.

    A password that grew old is due when it was used to come in; those whom the directory or the
    single sign-on vouches for keep theirs there.
    """
    state = PasswordState(
        person.must_change_password, person.password_changed_at, settings.PASSWORD_DAYS
    )
    if method == Method.PASSWORD and is_password_due(state, at=at):
        return Duty.PASSWORD
    if needs_second_factor(person) and not is_proved_twice:
        return Duty.SECOND_FACTOR
    return None
