"""What the clocks refuse, and why."""


class CalendarUnusable(ValueError):
    """A calendar cannot time anything: it has no working time, or does not reach that far."""


class PausesUnusable(ValueError):
    """Pauses that cannot have happened: they overlap, run backwards or precede the start."""


class HoursUnreadable(ValueError):
    """A text that names no hours; ``part`` is what could not be read."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


class DaysUnreadable(ValueError):
    """A text that names no days; ``part`` is the line that could not be read."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


class UnableToSetCalendar(Exception):
    """Hours or a day that a calendar cannot take; the words say why."""


class UnableToRun(Exception):
    """A clock cannot be started, paused, resumed, stopped or corrected so; the words say why."""
