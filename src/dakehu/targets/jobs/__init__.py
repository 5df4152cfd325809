"""Background work of target groups; each may be done again after it was broken off anywhere."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from dakehu.common.work import WorkGivenUp
from dakehu.targets.errors import UnableToHandOut, UnableToRead
from dakehu.targets.models import HandOut, TargetGroup
from dakehu.targets.operations import groups, handing, reading
from dakehu.targets.values import Order

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def lock(group: TargetGroup, *, version: int, by: "Staff", at: datetime) -> None:
    """
    Lock a group and let its members be read.

    :raises UnableToLock: if it cannot be locked.
    """
    groups.lock_group(group=group, version=version, by=by, at=at)
    read_group.enqueue(group.pk)


@transaction.atomic
def ask_to_read(group: TargetGroup, *, by: "Staff") -> bool:
    """Let the members of a group be read anew; returns whether there is anything to read."""
    is_wanted = reading.want_reading(group, by=by)
    if is_wanted:
        read_group.enqueue(group.pk)
    return is_wanted


@task()
def read_group(pk: int) -> None:
    """Read the members of a group."""
    group = TargetGroup.objects.filter(pk=pk, removed_at__isnull=True).first()
    if group is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        try:
            reading.read_members(group, at=timezone.now())
        except UnableToRead as refusal:
            reading.stop_reading(group, words=str(refusal))


@transaction.atomic
def hand_out(group: TargetGroup, *, order: Order, by: "Staff", at: datetime) -> HandOut:
    """
    Let a group be handed out.

    :raises UnableToHandOut: if it cannot.
    """
    asked = handing.ask_hand_out(group=group, order=order, by=by, at=at)
    carry_out.enqueue(asked.pk)
    return asked


@transaction.atomic
def go_on(asked: HandOut, *, by: "Staff", at: datetime) -> None:
    """
    Let a hand-out that was broken off go on.

    :raises UnableToHandOut: if it was not broken off.
    """
    handing.go_on(asked, by=by, at=at)
    carry_out.enqueue(asked.pk)


@task()
def carry_out(pk: int) -> None:
    """Hand the members of a group out."""
    found = HandOut.objects.filter(pk=pk, removed_at__isnull=True).first()
    if found is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        try:
            handing.carry_out(found, now=timezone.now)
        except UnableToHandOut as refusal:
            handing.stop_hand_out(found, words=str(refusal))


def own_up(event: WorkGivenUp) -> None:
    """Tell on the page that background work has failed."""
    with translation.override(settings.LANGUAGE_CODE):
        words = _("The background work has failed several times. Ask again, or ask for help.")
        if event.path == read_group.module_path:
            group = TargetGroup.objects.filter(pk=event.args[0]).first()
            if group is not None:
                reading.stop_reading(group, words=words)
        elif event.path == carry_out.module_path:
            asked = HandOut.objects.filter(pk=event.args[0]).first()
            if asked is not None:
                handing.stop_hand_out(asked, words=words)
