"""What the people app refuses."""

from django.utils.translation import gettext as _


class UnableToCreateStaff(Exception):
    """A person cannot be added: the user name or staff number is taken, or the role unknown."""

    def __init__(self, username: str) -> None:
        super().__init__(
            _(
                "“%(username)s” cannot be added: the user name or staff number is taken, "
                "or the role does not exist."
            )
            % {"username": username}
        )
