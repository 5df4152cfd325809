"""Launches: entered, told to the channels, trained for (C2, O11)."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, save_record
from dakehu.catalogue.queries import bodies_in_force
from dakehu.catalogue.values import Advance
from dakehu.obligations.errors import UnableToAnnounce
from dakehu.obligations.models import Launch
from dakehu.obligations.policies import EDIT
from dakehu.people.choices import ServiceCode
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def enter_launch(*, title: str, launches_on: date, note: str, by: "Staff", at: datetime) -> Launch:
    """
    Enter a club event, new service or promotion that channels have to know of beforehand.

    How long before is what the catalogue says on the day.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToAnnounce: if it is over already.
    """
    require(by, EDIT)
    today = localdate(at)
    if launches_on < today:
        raise UnableToAnnounce(_("Name today or a later day."))
    body = bodies_in_force(on=today).get(ServiceCode.PROMOTION)
    advance = (body[1].advance if body else None) or Advance(0, trained=False)
    launch = Launch(
        title=title.strip(),
        launches_on=launches_on,
        unit=by.unit,
        days_before=advance.days,
        in_working_days=advance.working,
        needs_training=advance.trained,
        note=note.strip(),
        entered_by=by,
    )
    return create_record(launch, by=by, at=at)


@transaction.atomic
def mark_launch(*, launch: Launch, step: str, on: date, by: "Staff", at: datetime) -> Launch:
    """
    Record on which day channels were told (``told_on``), or trained (``trained_on``).

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToAnnounce: if the day is to come, or was recorded already.
    """
    require(by, EDIT)
    held = Launch.objects.select_for_update().get(pk=launch.pk)
    if step not in {"told_on", "trained_on"} or getattr(held, step) is not None:
        raise UnableToAnnounce(_("This was recorded already. Look again."))
    if on > localdate(at):
        raise UnableToAnnounce(_("This has not happened yet. Record it once it has."))
    setattr(held, step, on)
    save_record(held, by=by, at=at)
    return held
