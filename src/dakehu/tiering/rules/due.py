"""When an evaluation is due (T19)."""

from datetime import date


def is_due(last: date | None, day: date, evaluation_day: int) -> bool:
    """
    Tell whether a scheme is to be evaluated with a data day.

    Once a month, from the day of the month on that is set; a night that was missed is made up for
    by the next. The first evaluation waits for nothing.
    """
    if last is None:
        return True
    return day.day >= evaluation_day and (day.year, day.month) > (last.year, last.month)
