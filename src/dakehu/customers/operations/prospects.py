"""Prospects: customers that people enter, edit and remove (T10, V2)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.audit.errors import EditedMeanwhile
from dakehu.audit.operations import create_records, remove_record, restore_record, save_record
from dakehu.common.chinese import search_text
from dakehu.common.masking import Masked, PersonalKind
from dakehu.customers.choices import CustomerKind
from dakehu.customers.errors import UnableToEditCustomer, UnableToRemove
from dakehu.customers.models import Customer, GroupProfile
from dakehu.customers.operations.beside import (
    Changed,
    clashes_beside,
    held,
    record_beside,
    refuse_clashes,
)
from dakehu.customers.operations.custom_fields import (
    by_name,
    changed_contents,
    keep_contents,
    write_values,
)
from dakehu.customers.operations.details import refuse_closed
from dakehu.customers.operations.numbers import next_numbers
from dakehu.customers.querysets import CustomerQuerySet
from dakehu.customers.values import ProspectFacts
from dakehu.people.policies import require
from dakehu.people.queries import units_within

if TYPE_CHECKING:
    from dakehu.people.models import Staff, Unit

SEQUENCE = "prospect"
DIGITS = 8
CITY_CODE = 2


@transaction.atomic
def create_prospect(
    *, facts: ProspectFacts, by: "Staff", at: datetime, reason: str = ""
) -> Customer:
    """
    Enter a prospect under the next number of its own, ``P00000001`` onwards.

    :raises PermissionDenied: if the role may not create customers.
    :raises UnableToEditCustomer: if the unit lies outside the person's reach.
    """
    return create_prospects(entries=[(facts, reason)], by=by, at=at)[0]


@transaction.atomic
def create_prospects(
    *, entries: Sequence[tuple[ProspectFacts, str]], by: "Staff", at: datetime
) -> list[Customer]:
    """
    Enter many prospects, each with the reason for the log.

    :raises PermissionDenied: if the role may not create customers.
    :raises UnableToEditCustomer: if one of the units lies outside the person's reach.
    """
    require(by, "customers.create")
    for unit in {facts.customer["unit"] for facts, _reason in entries}:
        refuse_unit(unit, by)
    prospects = [
        Customer(kind=CustomerKind.PROSPECT, number=f"P{number:0{DIGITS}d}", **facts.customer)
        for number, (facts, _reason) in zip(
            next_numbers(SEQUENCE, len(entries)), entries, strict=True
        )
    ]
    for prospect in prospects:
        complete(prospect)
    reasons = [reason for _facts, reason in entries]
    create_records(prospects, by=by, at=at, reason=reasons)
    profiles = [
        (GroupProfile(customer=prospect, **facts.profile), reason)
        for prospect, (facts, reason) in zip(prospects, entries, strict=True)
        if any(value not in (None, "") for value in facts.profile.values())
    ]
    reasons = [reason for _profile, reason in profiles]
    create_records([profile for profile, _reason in profiles], by=by, at=at, reason=reasons)
    for prospect, (facts, reason) in zip(prospects, entries, strict=True):
        if facts.custom:
            version = prospect.version
            keep_contents(prospect, facts.custom, version=version, by=by, at=at, reason=reason)
    return prospects


@transaction.atomic
def edit_prospect(
    *,
    prospect: Customer,
    facts: ProspectFacts,
    version: int,
    by: "Staff",
    at: datetime,
    reason: str = "",
) -> bool:
    """
    Store what changed about a prospect; returns whether anything did.

    :raises PermissionDenied: if the role may not edit.
    :raises UnableToEditCustomer: if it is none, is gone or rests in the archive, or the unit lies
        outside the person's reach.
    :raises EditedMeanwhile: if somebody else changed the same fields since ``version``.
    """
    require(by, "customers.edit")
    refuse_closed(prospect)
    if prospect.kind != CustomerKind.PROSPECT:
        raise UnableToEditCustomer(_("What the city delivers is corrected by the city."))
    unit = facts.customer.get("unit")
    if unit is not None and unit.pk != prospect.unit_id:
        refuse_unit(unit, by)
    stored = held(prospect)
    contents = changed_contents(prospect, facts.custom)
    profile = changed_profile(prospect, facts.profile)
    beside = {**profile, **by_name(contents)}
    clashes = clashes_beside(stored, beside, version=version)
    for name, value in facts.customer.items():
        setattr(prospect, name, value)
    complete(prospect)
    try:
        is_changed = save_record(prospect, version=version, by=by, at=at, reason=reason)
    except EditedMeanwhile as clash:
        fields = [*clash.fields, *clashes]
        raise EditedMeanwhile(version=clash.version, fields=fields) from clash
    refuse_clashes(stored, clashes)
    if beside:
        write_values(prospect, contents)
        if profile:
            values = dict(facts.profile)
            GroupProfile.objects.update_or_create(customer=prospect, defaults=values)
        record_beside(prospect, beside, by=by, at=at, reason=reason)
    return is_changed or bool(beside)


def changed_profile(prospect: Customer, values: Mapping[str, Any]) -> Changed:
    """Return the fields in which an organisation's profile differs, the address masked."""
    profile = GroupProfile.objects.filter(customer=prospect).first()
    old = {name: getattr(profile, name, None) for name in values}
    new = dict(values)
    if new.get("address") and not isinstance(new["address"], Masked):
        new["address"] = Masked(new["address"], PersonalKind.ADDRESS)
    return {name: (old[name], new[name]) for name in values if told(old[name]) != told(new[name])}


def told(value: Any) -> Any:
    """Return a value for comparison: an empty text says as much as nothing."""
    return None if value is None or str(value) == "" else value


@transaction.atomic
def remove_prospect(*, prospect: Customer, reason: str, by: "Staff", at: datetime) -> None:
    """
    Remove a prospect that should not have been entered; it can be restored.

    :raises PermissionDenied: if the role may not remove customers.
    :raises UnableToRemove: if the city delivers it, or nobody said why.
    """
    require(by, "customers.remove")
    if prospect.kind != CustomerKind.PROSPECT:
        raise UnableToRemove(
            _("The city delivers this customer. Move it to the retained archive instead.")
        )
    if not reason.strip():
        raise UnableToRemove(_("Say why the prospect is removed."))
    remove_record(prospect, by=by, at=at, reason=reason)


@transaction.atomic
def restore_prospects(*, prospects: CustomerQuerySet, by: "Staff", at: datetime) -> int:
    """
    Bring removed prospects back into the working list; returns how many.

    :raises PermissionDenied: if the role may not restore customers.
    """
    require(by, "customers.restore")
    count = 0
    for prospect in prospects.filter(removed_at__isnull=False):
        restore_record(prospect, by=by, at=at)
        count += 1
    return count


def refuse_unit(unit: "Unit", by: "Staff") -> None:
    """Pass in silence if a prospect may be placed in a unit by this person.

    :raises UnableToEditCustomer: otherwise.
    """
    if not units_within(by).filter(pk=unit.pk).exists():
        raise UnableToEditCustomer(_("The unit lies outside your reach."))


def complete(prospect: Customer) -> None:
    """Make anew what follows from the fields: the text it is found by, and its city."""
    prospect.search = search_text(prospect.number, prospect.name)
    code = prospect.unit.code.partition("/")[0]
    prospect.city_code = code if len(code) == CITY_CODE else ""
