"""Which part a unit takes in each service (M10)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from dakehu.audit.operations import create_record, remove_record, save_record
from dakehu.people.choices import ServiceCode
from dakehu.people.errors import UnableToSetDuties
from dakehu.people.models import Staff, Unit, UnitDuty
from dakehu.people.queries import duties_of
from dakehu.people.values import NO_DUTY, Duty


@transaction.atomic
def set_duties(
    unit: Unit,
    *,
    wanted: Mapping[str, Duty],
    seen: Mapping[str, Duty],
    by: Staff | None,
    at: datetime,
) -> int:
    """
    Let a unit lead, support or have nothing to do with services; returns how many changed.

    ``wanted`` is the grid as it was sent, ``seen`` as it was shown: only services in which the two
    differ are touched, so two people may work on different services at once.

    :raises UnableToSetDuties: if somebody else changed one of those services in the meantime.
    """
    Unit.objects.select_for_update().get(pk=unit.pk)
    present = duties_of(unit)
    changed = {
        service: duty for service, duty in wanted.items() if duty != seen.get(service, NO_DUTY)
    }
    stale = [
        service
        for service in changed
        if of(present.get(service)) not in (seen.get(service, NO_DUTY), changed[service])
    ]
    if stale:
        raise UnableToSetDuties([str(ServiceCode(service).label) for service in stale])
    for service, duty in changed.items():
        if duty != of(present.get(service)):
            set_duty(unit, duty, present=present.get(service), service=service, by=by, at=at)
    return len(changed)


def of(duty: UnitDuty | None) -> Duty:
    """Return a stored duty as a value."""
    return Duty(duty.part, duty.note) if duty else NO_DUTY


def set_duty(
    unit: Unit,
    duty: Duty,
    *,
    present: UnitDuty | None,
    service: str,
    by: Staff | None,
    at: datetime,
) -> None:
    """Store the part that a unit takes in one service."""
    if present is None:
        new = UnitDuty(unit=unit, service=service, part=duty.part, note=duty.note)
        create_record(new, by=by, at=at)
    elif duty.part:
        present.part, present.note = duty.part, duty.note
        save_record(present, by=by, at=at)
    else:
        remove_record(present, by=by, at=at)
