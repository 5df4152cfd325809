"""The fields that the operator adds on screen, and what customers have in them (V2, F10)."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, remove_record, restore_record, save_record
from dakehu.customers.choices import FieldType
from dakehu.customers.errors import UnableToDefineField
from dakehu.customers.models import Customer, CustomField, CustomValue
from dakehu.customers.operations.beside import (
    Changed,
    clashes_beside,
    held,
    record_beside,
    refuse_clashes,
)
from dakehu.customers.operations.details import refuse_closed
from dakehu.customers.queries import content_of, custom_fields
from dakehu.customers.rules import free_key
from dakehu.customers.values import CustomContent
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff

PREFIX = "custom_"
STEP = 10


@transaction.atomic
def define_field(*, field: CustomField, by: "Staff", at: datetime) -> CustomField:
    """
    Add a field to a kind of customer, as the last one; its key is made from the label.

    :raises PermissionDenied: if the role may not define fields.
    :raises UnableToDefineField: if a choice has no options.
    """
    require(by, "customers.fields")
    refuse_no_options(field)
    known = CustomField.objects.filter(kind=field.kind)
    field.key = free_key(field.label, set(known.values_list("key", flat=True)))
    last = known.order_by("-position").values_list("position", flat=True).first()
    field.position = (last or 0) + STEP
    return create_record(field, by=by, at=at)


def unsaved_field(**values: Any) -> CustomField:
    """Return a field that is not stored yet, for callers who do not know the models."""
    return CustomField(**values)


@transaction.atomic
def edit_field(*, field: CustomField, version: int, by: "Staff", at: datetime) -> bool:
    """
    Store what changed about a field; its kind of customer and its type stay what they are.

    :raises PermissionDenied: if the role may not define fields.
    :raises UnableToDefineField: if a choice has no options.
    :raises EditedMeanwhile: if somebody else changed the same since ``version``.
    """
    require(by, "customers.fields")
    refuse_no_options(field)
    return save_record(field, version=version, by=by, at=at)


@transaction.atomic
def remove_field(*, field: CustomField, by: "Staff", at: datetime) -> None:
    """Take a field out of use; what customers have in it is kept, and comes back with it."""
    require(by, "customers.fields")
    remove_record(field, by=by, at=at)


@transaction.atomic
def restore_field(*, field: CustomField, by: "Staff", at: datetime) -> None:
    """Bring a field back into use, with what customers had in it."""
    require(by, "customers.fields")
    restore_record(field, by=by, at=at)


@transaction.atomic
def move_field(*, field: CustomField, is_up: bool, by: "Staff", at: datetime) -> bool:
    """Let a field change places with the one before or after it; returns whether it could."""
    require(by, "customers.fields")
    order = list(custom_fields(field.kind))
    place = next((n for n, each in enumerate(order) if each.pk == field.pk), None)
    other = None if place is None else place + (-1 if is_up else 1)
    if place is None or other is None or not 0 <= other < len(order):
        return False
    order[place], order[other] = order[other], order[place]
    for number, each in enumerate(order, start=1):
        each.position = number * STEP
        save_record(each, by=by, at=at)
    return True


def refuse_no_options(field: CustomField) -> None:
    """Pass in silence unless a choice has nothing to choose from.

    :raises UnableToDefineField: otherwise.
    """
    if field.type == FieldType.CHOICE and not field.options:
        raise UnableToDefineField(_("A choice needs at least one option, one per line."))


@transaction.atomic
def set_custom_values(
    *,
    customer: Customer,
    contents: Mapping[str, CustomContent],
    version: int,
    by: "Staff",
    at: datetime,
    reason: str = "",
) -> bool:
    """
    Store what a customer has in the custom fields named by their keys; others stay.

    Returns whether anything changed. The change is one of the customer's, and counts its version.

    :raises PermissionDenied: if the role may not edit.
    :raises UnableToEditCustomer: if the customer is gone or rests in the archive.
    :raises EditedMeanwhile: if somebody else changed the same fields since ``version``.
    """
    require(by, "customers.edit")
    refuse_closed(customer)
    return keep_contents(customer, contents, version=version, by=by, at=at, reason=reason)


def keep_contents(
    customer: Customer,
    contents: Mapping[str, CustomContent],
    *,
    version: int,
    by: "Staff",
    at: datetime,
    reason: str = "",
) -> bool:
    """Store contents for a caller that has asked whether this person may."""
    stored = held(customer)
    changed = changed_contents(customer, contents)
    named = by_name(changed)
    refuse_clashes(stored, clashes_beside(stored, named, version=version))
    if not changed:
        return False
    write_values(customer, changed)
    record_beside(customer, named, by=by, at=at, reason=reason)
    return True


def changed_contents(
    customer: Customer, contents: Mapping[str, CustomContent]
) -> dict[CustomField, tuple[CustomContent, CustomContent]]:
    """Return the fields in which a customer's contents differ, with the old and the new one."""
    if not contents:
        return {}
    stored = {value.field_id: value for value in CustomValue.objects.filter(customer=customer)}
    changed: dict[CustomField, tuple[CustomContent, CustomContent]] = {}
    for field in custom_fields(customer.kind).filter(key__in=list(contents)):
        old, new = content_of(field, stored.get(field.pk)), contents[field.key]
        new = None if new == "" else new
        if old != new:
            changed[field] = (old, new)
    return changed


def by_name(changed: Mapping[CustomField, tuple[CustomContent, CustomContent]]) -> Changed:
    """Return changed contents by the name under which forms and the log know the field."""
    return {PREFIX + field.key: pair for field, pair in changed.items()}


def write_values(
    customer: Customer, changed: Mapping[CustomField, tuple[CustomContent, CustomContent]]
) -> None:
    """Keep the new contents."""
    for field, (_old, new) in changed.items():
        write_value(customer, field, new)


def write_value(customer: Customer, field: CustomField, content: CustomContent) -> None:
    """Keep a content in the column of its field's type; nothing leaves no row."""
    if content is None:
        CustomValue.objects.filter(customer=customer, field=field).delete()
        return
    columns: dict[str, Any] = {"text": "", "number": None, "day": None, "yes": None}
    if isinstance(content, bool):
        columns["yes"] = content
    elif isinstance(content, Decimal):
        columns["number"] = content
    elif isinstance(content, date):
        columns["day"] = content
    else:
        columns["text"] = content
    CustomValue.objects.update_or_create(customer=customer, field=field, defaults=columns)
