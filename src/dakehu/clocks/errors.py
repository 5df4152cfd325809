"""What the clocks refuse, and why."""


class CalendarUnusable(ValueError):
    """A calendar cannot time anything: it has no working time, or does not reach that far."""


class PausesUnusable(ValueError):
    """Pauses that cannot have happened: they overlap, run backwards or precede the start."""
