"""What the people app refuses; each refusal says what can be done about it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dakehu.people.values import Held


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


class UnableToKeepStaff(Exception):
    """What somebody entered about a person cannot stand; ``field`` says where it was entered."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field

    @classmethod
    def taken(cls, field: str, holder: str) -> "UnableToKeepStaff":
        """Return the refusal of a user name or staff number that somebody has already."""
        words = _("%(name)s has this already. It must be different for everybody.")
        return cls(field, words % {"name": holder})

    @classmethod
    def beyond_right(cls) -> "UnableToKeepStaff":
        """Return the refusal of a role that says more than the giver's own."""
        return cls("role", _("You can give only roles that permit no more than your own."))

    @classmethod
    def own_role(cls) -> "UnableToKeepStaff":
        """Return the refusal to change one's own role or unit."""
        return cls("role", _("Nobody changes their own role or unit. Ask a colleague."))

    @classmethod
    def leads_elsewhere(cls, unit: Any) -> "UnableToKeepStaff":
        """Return the refusal to move somebody away from a unit that they lead."""
        words = _("They lead “%(unit)s”, which lies in another branch. Name another leader first.")
        return cls("unit", words % {"unit": unit})


class UnableToRelease(Exception):
    """A person or unit cannot be removed or closed while something hangs on it.

    ``held`` says what, how much, and where it can be handed over.
    """

    def __init__(self, name: str, held: Sequence[Held] = ()) -> None:
        what = _(", ").join(each.words for each in held)
        super().__init__(
            _("%(name)s cannot be removed or closed yet: %(what)s. Hand them over first.")
            % {"name": name, "what": what}
        )
        self.held = tuple(held)


class UnableToRemoveOneself(Exception):
    """Somebody was about to remove or close their own account."""

    def __init__(self) -> None:
        super().__init__(_("Nobody removes or closes their own account. Ask a colleague."))


class UnableToKeepUnit(Exception):
    """What somebody entered about a unit cannot stand; ``field`` says where it was entered."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field

    @classmethod
    def code_taken(cls, code: str) -> "UnableToKeepUnit":
        """Return the refusal of a code that another unit has, be it removed."""
        words = _("Another unit has the code “%(code)s”; perhaps it was removed: restore it.")
        return cls("code", words % {"code": code})

    @classmethod
    def strange_code(cls) -> "UnableToKeepUnit":
        """Return the refusal of a city's code that the exchange does not know."""
        return cls("code", _("A city is known by the two digits that its files carry."))

    @classmethod
    def strange_leader(cls, leader: Any) -> "UnableToKeepUnit":
        """Return the refusal of a leader who works in another branch."""
        words = _("%(name)s works in another branch. The leader belongs above or below the unit.")
        return cls("leader", words % {"name": leader})


class UnableToPlaceUnit(Exception):
    """A unit cannot stand where it was to be put; ``field`` is always the parent."""

    field = "parent"

    @classmethod
    def in_itself(cls, unit: Any) -> "UnableToPlaceUnit":
        """Return the refusal of a circle."""
        return cls(_("“%(unit)s” cannot stand under itself or a unit below it.") % {"unit": unit})

    @classmethod
    def wrong_kind(cls, kind: str, above: str) -> "UnableToPlaceUnit":
        """Return the refusal of a kind under a kind where it does not belong."""
        words = _("A unit of the kind “%(kind)s” cannot stand under one of the kind “%(above)s”.")
        return cls(words % {"kind": kind, "above": above})

    @classmethod
    def too_deep(cls) -> "UnableToPlaceUnit":
        """Return the refusal of a tree that grows too deep."""
        return cls(_("The tree would become too deep there. Choose a unit further up."))

    @classmethod
    def removed(cls, unit: Any) -> "UnableToPlaceUnit":
        """Return the refusal of a place that was removed."""
        return cls(_("“%(unit)s” was removed. Restore it first.") % {"unit": unit})


class UnableToPlanLeave(Exception):
    """A leave cannot be entered or changed so; ``field`` says where it was entered."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field

    @classmethod
    def impossible(cls) -> "UnableToPlanLeave":
        """Return the refusal of a period that ends before it begins, or lasts for years."""
        return cls("ends_at", _("The last day lies before the first, or more than two years on."))

    @classmethod
    def over(cls) -> "UnableToPlanLeave":
        """Return the refusal to change what lies in the past."""
        return cls("starts_at", _("This leave is over. What was stays as it was."))

    @classmethod
    def overlapping(cls, since: date, until: date) -> "UnableToPlanLeave":
        """Return the refusal of a second leave in the same days."""
        words = _("There is a leave from %(since)s to %(until)s already. Change that one.")
        return cls("starts_at", words % period_words(since, until))

    @classmethod
    def deputy_away(cls, deputy: Any, since: date, until: date) -> "UnableToPlanLeave":
        """Return the refusal of a deputy who is away in those days."""
        words = _("%(name)s is away from %(since)s to %(until)s. Choose another deputy.")
        return cls("deputy", words % {"name": deputy, **period_words(since, until)})

    @classmethod
    def unfit_deputy(cls, deputy: Any) -> "UnableToPlanLeave":
        """Return the refusal of a deputy who cannot stand in."""
        words = _("%(name)s cannot stand in: their log-in is closed, or it is the person away.")
        return cls("deputy", words % {"name": deputy})


class UnableToKeepEntry(Exception):
    """A line of a person's file cannot stand; ``field`` says where it was entered."""

    def __init__(self, field: str | None, words: str) -> None:
        super().__init__(words)
        self.field = field

    @classmethod
    def there_already(cls) -> "UnableToKeepEntry":
        """Return the refusal of a second line that says the same."""
        return cls(None, _("This stands in the file already."))

    @classmethod
    def impossible(cls) -> "UnableToKeepEntry":
        """Return the refusal of a period that ends before it begins, or lies nowhere."""
        return cls("ends_on", _("The end lies before the beginning, or the year cannot be right."))


class UnableToKeepRole(Exception):
    """A role cannot stand, be changed or be retired; ``field`` says where it was entered."""

    def __init__(self, field: str | None, words: str) -> None:
        super().__init__(words)
        self.field = field

    @classmethod
    def taken(cls) -> "UnableToKeepRole":
        """Return the refusal of a name that another role has."""
        return cls("name", _("Another role has this name. People choose roles by their names."))

    @classmethod
    def beyond(cls) -> "UnableToKeepRole":
        """Return the refusal of more than the maker's own role permits or reaches."""
        return cls(None, _("A role cannot permit or reach more than your own."))

    @classmethod
    def own(cls) -> "UnableToKeepRole":
        """Return the refusal to change the role that one holds."""
        return cls(None, _("Nobody changes the role they hold. Ask a colleague."))

    @classmethod
    def held(cls, count: int) -> "UnableToKeepRole":
        """Return the refusal to retire a role that people hold."""
        words = ngettext(
            "%(count)s person holds this role. Give them another one first.",
            "%(count)s people hold this role. Give them another one first.",
            count,
        )
        return cls(None, words % {"count": count})


class UnableToShare(Exception):
    """Something cannot be shared with somebody; ``field`` says where it was entered."""

    def __init__(self, field: str | None, words: str) -> None:
        super().__init__(words)
        self.field = field

    @classmethod
    def beyond_reach(cls) -> "UnableToShare":
        """Return the refusal to pass on what one sees only because it was shared."""
        words = _(
            "You can share only what lies within your own unit, not what was shared with you."
        )
        return cls(None, words)

    @classmethod
    def useless(cls) -> "UnableToShare":
        """Return the refusal of a person who cannot look at customers, or is the sharer."""
        return cls("staff", _("Choose a colleague with an open account who works with customers."))

    @classmethod
    def impossible(cls) -> "UnableToShare":
        """Return the refusal of an end that has passed, or lies too far ahead."""
        return cls("until", _("Choose a day from today on, within a year."))

    @classmethod
    def over(cls) -> "UnableToShare":
        """Return the refusal to withdraw what does not hold any more."""
        return cls(None, _("This share has ended already."))


class UnableToReveal(Exception):
    """A record has no such value, or the purpose given is none that counts."""

    def __init__(self) -> None:
        super().__init__(_("The file has no such value."))


class UnableToSetDuties(Exception):
    """Somebody else changed the part that a unit takes in the same services in the meantime."""

    def __init__(self, services: Sequence[str]) -> None:
        words = _("Somebody else has just changed: %(services)s. See what stands and save again.")
        super().__init__(words % {"services": _(", ").join(services)})


def period_words(since: date, until: date) -> dict[str, str]:
    """Return the first and last day of a period as they are read."""
    return {"since": date_format(since, "Y-m-d"), "until": date_format(until, "Y-m-d")}
