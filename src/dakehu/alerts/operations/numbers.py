"""
Setting the numbers of the warnings: drafted, proposed, published by a second person (promise 2).

What is published holds from a day on that no night has judged yet, and is never changed again; to
return to an earlier version is to publish its numbers anew.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.alerts.errors import UnableToSetNumbers
from dakehu.alerts.models import NumberSet
from dakehu.alerts.queries.versions import (
    book_of,
    book_of_version,
    newest_judged_day,
    plain_overrides,
    plain_province,
)
from dakehu.alerts.rules.limits import misfits
from dakehu.alerts.values import SHIPPED, NumberBook
from dakehu.audit.operations import create_record, remove_record, save_record
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff

PERMISSION = "alerts.rules"


@transaction.atomic
def draft_numbers(*, based_on: int, reason: str, by: "Staff", at: datetime) -> NumberSet:
    """
    Begin a version with the numbers of another, which may be a replaced one (back to it).

    :raises PermissionDenied: if ``by`` may not set numbers.
    :raises Http404: if there is no such version.
    """
    require(by, PERMISSION)
    book = book_of_version(based_on)
    newest = NumberSet.objects.aggregate(newest=Max("number"))["newest"] or SHIPPED
    draft = NumberSet(
        number=newest + 1,
        based_on=based_on,
        province=plain_province(book),
        overrides=plain_overrides(book),
        reason=reason,
        drafted_by=by,
        drafted_at=at,
    )
    return create_record(draft, by=by, at=at, reason=reason)


@transaction.atomic
def save_numbers(
    *, draft: NumberSet, book: NumberBook, reason: str, version: int, by: "Staff", at: datetime
) -> None:
    """
    Keep other numbers in a draft; ``version`` is the one that was on the screen.

    :raises PermissionDenied: if ``by`` may not set numbers.
    :raises UnableToSetNumbers: if the numbers cannot be, or the draft was proposed meanwhile.
    :raises EditedMeanwhile: if somebody else changed it meanwhile.
    """
    require(by, PERMISSION)
    held = NumberSet.objects.select_for_update().get(pk=draft.pk)
    if held.proposed_at or held.removed_at:
        raise UnableToSetNumbers(_("This version is no draft any more. Begin another one."))
    if misfits(book):
        raise UnableToSetNumbers(_("Some numbers cannot be. See beside them why."))
    held.province, held.overrides = plain_province(book), plain_overrides(book)
    held.reason = reason
    save_record(held, by=by, at=at, version=version)


@transaction.atomic
def propose_numbers(*, draft: NumberSet, active_from: date, by: "Staff", at: datetime) -> None:
    """
    Ask a second person to publish a draft, to hold from data day ``active_from`` on.

    :raises PermissionDenied: if ``by`` may not set numbers.
    :raises UnableToSetNumbers: if the day was judged already, the numbers cannot be, or the draft
        was dealt with meanwhile.
    """
    require(by, PERMISSION)
    held = NumberSet.objects.select_for_update().get(pk=draft.pk)
    if held.proposed_at or held.removed_at:
        raise UnableToSetNumbers(_("This version is no draft any more. Begin another one."))
    if misfits(book_of(held)):
        raise UnableToSetNumbers(_("Some numbers cannot be. See beside them why."))
    _require_open_day(active_from, at)
    held.active_from, held.proposed_by, held.proposed_at = active_from, by, at
    save_record(held, by=by, at=at)


@transaction.atomic
def publish_numbers(*, proposed: NumberSet, version: int, by: "Staff", at: datetime) -> None:
    """
    Let proposed numbers hold from their day on.

    :raises PermissionDenied: if ``by`` may not set numbers.
    :raises UnableToSetNumbers: if ``by`` proposed them, they were dealt with meanwhile, or their
        day was judged already.
    """
    require(by, PERMISSION)
    held = NumberSet.objects.select_for_update().get(pk=proposed.pk)
    if held.proposed_by_id == by.pk:
        raise UnableToSetNumbers(_("Somebody else must publish your numbers."))
    if not held.proposed_at or held.published_at or held.removed_at or held.version != version:
        raise UnableToSetNumbers(_("These numbers were dealt with meanwhile. Look again."))
    if held.active_from is not None:
        _require_open_day(held.active_from, at)
    held.published_by, held.published_at = by, at
    save_record(held, by=by, at=at)


@transaction.atomic
def withdraw_numbers(*, kept: NumberSet, by: "Staff", at: datetime) -> None:
    """
    Withdraw a draft, a proposal, or numbers that do not hold yet.

    :raises PermissionDenied: if ``by`` may not set numbers.
    :raises UnableToSetNumbers: if they hold or held already.
    """
    require(by, PERMISSION)
    held = NumberSet.objects.select_for_update().get(pk=kept.pk)
    if held.published_at is not None and not _is_open(held.active_from, at):
        raise UnableToSetNumbers(_("Numbers in force cannot be withdrawn; publish others."))
    remove_record(held, by=by, at=at)


def _require_open_day(day: date, at: datetime) -> None:
    if day < localdate(at):
        raise UnableToSetNumbers(_("Name today or a later day."))
    if not _is_open(day, at):
        words = _("A night has judged %(day)s already, and what it found stays. Name a later day.")
        raise UnableToSetNumbers(words % {"day": day.isoformat()})


def _is_open(day: date | None, at: datetime) -> bool:
    judged = newest_judged_day()
    return day is not None and day >= localdate(at) and (judged is None or day > judged)
