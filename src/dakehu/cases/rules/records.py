"""When a service record is late (R8)."""

from datetime import date


def record_is_late(arrived: date | None, written: date | None, today: date) -> bool:
    """
    Tell whether a service record came, or will come, after the day of the work (R8).

    Work of today is recorded today; without arrival there is nothing to record yet.
    """
    if arrived is None:
        return False
    return (written or today) > arrived
