"""What the demonstration refuses to do, in words of the operator's language."""

from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _


class UnableToSimulate(ValueError):
    """A province cannot be drawn; the text says why."""


class NumberOutOfRange(UnableToSimulate):
    """A number of the plan is too small or too large."""

    def __init__(self, name: str, low: int, high: int) -> None:
        words = _("%(name)s must be between %(low)s and %(high)s.")
        super().__init__(words % {"name": name, "low": low, "high": high})


class NotInThePlan(UnableToSimulate):
    """A city, or a day of it, that the plan does not draw, or must deliver well."""

    def __init__(self, city: str, on: date | None) -> None:
        if on is None:
            words = _("There is no city %(city)s in the plan.") % {"city": city}
        else:
            words = _("%(city)s:%(day)s is not a city and a day after the plan's first day.") % {
                "city": city,
                "day": on,
            }
        super().__init__(words)


class FolderInUse(UnableToSimulate):
    """A delivery is there already and would be written over."""

    def __init__(self, folder: Path) -> None:
        words = _("%(folder)s is there already. Choose an empty folder.")
        super().__init__(words % {"folder": folder})
