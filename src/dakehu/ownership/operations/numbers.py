"""Setting the numbers for owners: one person proposes, another approves (promise 2)."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, remove_record, save_record
from dakehu.ownership.errors import UnableToSetNumbers
from dakehu.ownership.models import OwnerRule
from dakehu.ownership.queries import numbers_to_json
from dakehu.ownership.values import OwnerNumbers
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff

PERMISSION = "ownership.rules"


@transaction.atomic
def propose_numbers(
    *, numbers: OwnerNumbers, active_from: date, reason: str, by: "Staff", at: datetime
) -> OwnerRule:
    """
    Propose numbers that hold from a day on, once somebody else approves them.

    :raises PermissionDenied: if ``by`` may not set numbers.
    :raises UnableToSetNumbers: if the day is over, or other numbers begin on it.
    """
    require(by, PERMISSION)
    if active_from < localdate(at):
        raise UnableToSetNumbers(_("Name today or a later day."))
    known = OwnerRule.objects.select_for_update().filter(active_from=active_from).first()
    if known is not None and known.removed_at is None:
        raise UnableToSetNumbers(_("Other numbers begin on this day already. Name another day."))
    rule = known or OwnerRule(active_from=active_from)
    rule.numbers, rule.reason, rule.proposed_by = numbers_to_json(numbers), reason, by
    rule.approved_by = rule.approved_at = rule.removed_at = None
    if known is None:
        return create_record(rule, by=by, at=at, reason=reason)
    save_record(rule, by=by, at=at, reason=reason)
    return rule


@transaction.atomic
def approve_numbers(*, rule: OwnerRule, version: int, by: "Staff", at: datetime) -> None:
    """
    Let proposed numbers hold from their day on.

    :raises PermissionDenied: if ``by`` may not set numbers.
    :raises UnableToSetNumbers: if ``by`` proposed them, they were dealt with meanwhile, or their
        day is over.
    """
    require(by, PERMISSION)
    held = OwnerRule.objects.select_for_update().get(pk=rule.pk)
    if held.proposed_by_id == by.pk:
        raise UnableToSetNumbers(_("Somebody else must approve what you proposed."))
    if held.approved_at or held.removed_at or held.version != version:
        raise UnableToSetNumbers(_("These numbers were dealt with meanwhile. Look again."))
    if held.active_from < localdate(at):
        raise UnableToSetNumbers(_("Their day is over. Propose them again for a later one."))
    held.approved_by, held.approved_at = by, at
    save_record(held, by=by, at=at)


@transaction.atomic
def withdraw_numbers(*, rule: OwnerRule, by: "Staff", at: datetime) -> None:
    """
    Withdraw numbers that do not hold yet.

    :raises PermissionDenied: if ``by`` may not set numbers.
    :raises UnableToSetNumbers: if they hold already.
    """
    require(by, PERMISSION)
    held = OwnerRule.objects.select_for_update().get(pk=rule.pk)
    if held.approved_at is not None and held.active_from <= localdate(at):
        raise UnableToSetNumbers(_("Numbers in force cannot be withdrawn; propose others."))
    remove_record(held, by=by, at=at)
