"""What signing in refuses; each says what to do instead."""

from collections.abc import Sequence

from django.utils.translation import gettext as _


class UnableToChangePassword(Exception):
    """A new password breaks the rules; ``reasons`` are sentences for the person."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = list(reasons)
        super().__init__(" ".join(self.reasons))


class UnableToProve(Exception):
    """A code or a passkey is wrong, used already, or too late."""

    def __init__(self) -> None:
        super().__init__(
            _("That was not right. Codes change every 30 seconds and count only once: try again.")
        )


class UnableToAddPasskey(Exception):
    """The browser's answer does not belong to the question that was asked."""

    def __init__(self) -> None:
        super().__init__(_("The passkey was not kept. Please start again."))


class UnableToRemoveFactor(Exception):
    """The last second factor of a person whose role needs one must stay."""

    def __init__(self) -> None:
        super().__init__(_("Your role needs a second factor. Set up another one first."))


class UnableToManageAccount(Exception):
    """An account may not be managed by this person; says why."""


class UnableToManageOneself(UnableToManageAccount):
    """People keep their own account on their own page."""

    def __init__(self) -> None:
        super().__init__(_("This is your own account; keep it under “My account”."))


class UnableToManageMorePowerful(UnableToManageAccount):
    """The other person may do more than whoever would manage their account."""

    def __init__(self) -> None:
        super().__init__(
            _("This person may do things that you may not. Ask somebody with the same rights.")
        )


class UnableToKeepClient(Exception):
    """What was entered for another system cannot stand; ``field`` names the place."""

    def __init__(self, field: str, words: str) -> None:
        self.field = field
        super().__init__(words)

    @classmethod
    def taken(cls) -> "UnableToKeepClient":
        """Another system that is in use goes by the name."""
        return cls("name", _("Another system has this name."))

    @classmethod
    def past(cls) -> "UnableToKeepClient":
        """The key would be over before it begins."""
        return cls("expires_on", _("This day is over. Name a later one, or none."))

    @classmethod
    def beyond(cls) -> "UnableToKeepClient":
        """The unit lies outside the reach of whoever keeps the client."""
        return cls("unit", _("This unit is not within your reach."))


class AskedTooOften(Exception):
    """A client asked more often than it may; ``seconds`` until it may again."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__()


class UnableToSignInSingle(Exception):
    """The single sign-on vouches for somebody whom Dakehu does not let in; says why."""

    @classmethod
    def unknown(cls) -> "UnableToSignInSingle":
        """Nobody here goes by the name that the single sign-on tells."""
        return cls(_("You have no account in Dakehu yet. Ask the administrator of your unit."))

    @classmethod
    def closed(cls) -> "UnableToSignInSingle":
        """The account is closed."""
        return cls(_("This account is closed. Ask your administrator."))

    @classmethod
    def taken(cls) -> "UnableToSignInSingle":
        """The account belongs to another identity of the single sign-on."""
        return cls(
            _(
                "Your account is tied to another identity of the single sign-on. An administrator "
                "can untie it."
            )
        )
