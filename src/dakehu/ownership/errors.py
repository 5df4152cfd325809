"""What the ownership app refuses; every sentence says what to do instead."""

from django.utils.translation import gettext as _


class UnableToMove(Exception):
    """Customers cannot be given to this person, or not in this way; the words say why.

    ``deputy_id`` is who stands in for somebody on leave, to be offered instead.
    """

    def __init__(self, words: str, *, deputy_id: int | None = None) -> None:
        super().__init__(words)
        self.deputy_id = deputy_id


class UnableToDecide(Exception):
    """The change is no longer in a state in which this can be done with it."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words or _("This change was dealt with meanwhile. Look at it again."))


class UnableToClaim(Exception):
    """Customers cannot be claimed from the pool; the words say why."""


class UnableToConfirm(Exception):
    """A receipt cannot be confirmed: it is somebody else's, or was confirmed already."""

    def __init__(self) -> None:
        super().__init__(_("These customers were confirmed already, or not handed to you."))


class UnableToSetNumbers(Exception):
    """Numbers for owners cannot be proposed, approved or withdrawn; the words say why."""
