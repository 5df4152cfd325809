"""Adding to a customer's file what people know: persons, addresses, days, gifts, notes (V1–V5)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dakehu.audit.operations import (
    create_record,
    create_records,
    remove_record,
    restore_record,
    save_record,
    save_records,
)
from dakehu.common.chinese import name_text
from dakehu.customers.choices import DetailKind
from dakehu.customers.errors import UnableToEditCustomer
from dakehu.customers.models import Contact, Customer, PersonProfile
from dakehu.customers.queries import DETAILS
from dakehu.customers.rules.charts import leads_back
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def add_detail(
    *, customer: Customer, detail: Any, by: "Staff", at: datetime, reason: str = ""
) -> Any:
    """
    Add a person, address, day, gift, note or opinion to a customer's file.

    :raises PermissionDenied: if the role may not edit.
    :raises UnableToEditCustomer: if the customer is gone or rests in the archive.
    """
    require(by, "customers.edit")
    refuse_closed(customer)
    detail.customer = customer
    if hasattr(detail, "staff_id") and detail.staff_id is None:
        detail.staff = by
    if getattr(detail, "at", at) is None:
        detail.at = at
    refuse_superior(detail)
    complete(detail)
    create_record(detail, by=by, at=at, reason=reason)
    keep_one_primary(detail, by=by, at=at)
    return detail


@transaction.atomic
def add_contacts(
    *, contacts: Sequence[Contact], by: "Staff", at: datetime, reasons: Sequence[str]
) -> list[int]:
    """
    Add many people to the files of their customers; return their numbers.

    :raises PermissionDenied: if the role may not edit.
    :raises UnableToEditCustomer: if one of the customers is gone or rests in the archive.
    """
    require(by, "customers.edit")
    refuse_any_closed({contact.customer_id for contact in contacts})
    for contact in contacts:
        complete(contact)
    create_records(contacts, by=by, at=at, reason=reasons)
    for contact in contacts:
        keep_one_primary(contact, by=by, at=at)
    return [contact.pk for contact in contacts]


@transaction.atomic
def edit_contacts(
    *, contacts: Sequence[Contact], by: "Staff", at: datetime, reasons: Sequence[str]
) -> None:
    """
    Store what changed in many people of groups.

    :raises PermissionDenied: if the role may not edit.
    :raises UnableToEditCustomer: if one of the customers is gone or rests in the archive.
    :raises EditedMeanwhile: if somebody else changed one of the fields since they were read.
    """
    require(by, "customers.edit")
    refuse_any_closed({contact.customer_id for contact in contacts})
    for contact in contacts:
        complete(contact)
    save_records(contacts, by=by, at=at, reason=reasons)
    for contact in contacts:
        keep_one_primary(contact, by=by, at=at)


@transaction.atomic
def save_people(
    *, people: Sequence[PersonProfile], by: "Staff", at: datetime, reasons: Sequence[str]
) -> None:
    """
    Store what people learned of many individuals (V3), each as :func:`save_person` does.

    :raises PermissionDenied: if the role may not edit.
    :raises UnableToEditCustomer: if one of them is gone or rests in the archive, or somebody else
        began a file at the same moment.
    :raises EditedMeanwhile: if somebody else changed one of the fields since they were read.
    """
    require(by, "customers.edit")
    refuse_any_closed({person.customer_id for person in people})
    told = list(zip(people, reasons, strict=True))
    new = [(person, why) for person, why in told if person._state.adding]
    known = [(person, why) for person, why in told if not person._state.adding]
    if new:
        begin_people([person for person, _why in new], by=by, at=at, reasons=[w for _, w in new])
    if known:
        why = [why for _person, why in known]
        save_records([person for person, _why in known], by=by, at=at, reason=why)


def begin_people(
    people: Sequence[PersonProfile], *, by: "Staff", at: datetime, reasons: Sequence[str]
) -> None:
    """Begin the files of many individuals.

    :raises UnableToEditCustomer: if somebody else began one at the same moment.
    """
    try:
        with transaction.atomic():
            create_records(people, by=by, at=at, reason=reasons)
    except IntegrityError as clash:
        raise UnableToEditCustomer(
            _("Somebody else wrote this down at the same moment. Open the form again.")
        ) from clash


@transaction.atomic
def edit_detail(*, detail: Any, version: int, by: "Staff", at: datetime, reason: str = "") -> bool:
    """
    Store what changed in a detail; returns whether anything did.

    :raises PermissionDenied: if the role may not edit.
    :raises UnableToEditCustomer: if the customer is gone or rests in the archive, or the detail
        was removed meanwhile.
    :raises EditedMeanwhile: if somebody else changed the same fields since ``version``.
    """
    require(by, "customers.edit")
    refuse_closed(detail.customer)
    if not type(detail).objects.filter(pk=detail.pk, removed_at__isnull=True).exists():
        raise UnableToEditCustomer(_("Somebody has removed this entry in the meantime."))
    refuse_superior(detail)
    complete(detail)
    is_changed = save_record(detail, version=version, by=by, at=at, reason=reason)
    keep_one_primary(detail, by=by, at=at)
    return is_changed


@transaction.atomic
def remove_detail(*, detail: Any, by: "Staff", at: datetime, reason: str = "") -> None:
    """
    Take a detail out of a customer's file; it can be restored.

    :raises PermissionDenied: if the role may not edit.
    :raises UnableToEditCustomer: if the customer is gone or rests in the archive.
    """
    require(by, "customers.edit")
    refuse_closed(detail.customer)
    remove_record(detail, by=by, at=at, reason=reason)


@transaction.atomic
def restore_detail(*, detail: Any, by: "Staff", at: datetime) -> None:
    """
    Bring a removed detail back into the file.

    :raises PermissionDenied: if the role may not edit.
    :raises UnableToEditCustomer: if the customer is gone or rests in the archive.
    """
    require(by, "customers.edit")
    refuse_closed(detail.customer)
    restore_record(detail, by=by, at=at)
    keep_one_primary(detail, by=by, at=at)


@transaction.atomic
def save_person(
    *,
    customer: Customer,
    person: PersonProfile,
    version: int,
    by: "Staff",
    at: datetime,
    reason: str = "",
) -> bool:
    """
    Store what people learned of an individual; returns whether anything changed (V3).

    :raises PermissionDenied: if the role may not edit.
    :raises UnableToEditCustomer: if the customer is gone or rests in the archive, or somebody else
        began this file at the same moment.
    :raises EditedMeanwhile: if somebody else changed the same fields since ``version``.
    """
    require(by, "customers.edit")
    refuse_closed(customer)
    if not person._state.adding:
        return save_record(person, version=version, by=by, at=at, reason=reason)
    person.customer = customer
    try:
        with transaction.atomic():
            create_record(person, by=by, at=at, reason=reason)
    except IntegrityError as clash:
        raise UnableToEditCustomer(
            _("Somebody else wrote this down at the same moment. Open the form again.")
        ) from clash
    return True


def refuse_closed(customer: Customer) -> None:
    """Pass in silence if people may write into a customer's file now.

    :raises UnableToEditCustomer: if it was removed, merged or retired since it was read.
    """
    now = Customer.objects.filter(pk=customer.pk).values_list("retained_at", flat=True)
    found = list(now.filter(removed_at__isnull=True, merged_into__isnull=True))
    if not found:
        raise UnableToEditCustomer(
            _("The customer has been removed or merged with another; nothing was saved.")
        )
    if found[0] is not None:
        raise UnableToEditCustomer(
            _("The customer rests in the retained archive. Bring it back before you edit it.")
        )


def refuse_any_closed(customers: Collection[int]) -> None:
    """Pass in silence if people may write into the files of all these customers now.

    :raises UnableToEditCustomer: if one was removed, merged or retired since it was read.
    """
    if Customer.objects.current().filter(pk__in=customers).count() != len(customers):
        raise UnableToEditCustomer(
            _("The customer has been removed or merged with another; nothing was saved.")
        )


def complete(detail: Any) -> None:
    """Make anew what follows from the fields: the text by which a person is found."""
    if isinstance(detail, Contact):
        detail.search = name_text(detail.name)


def refuse_superior(detail: Any) -> None:
    """Pass in silence unless a person would report to a stranger, or to somebody below them.

    :raises UnableToEditCustomer: otherwise.
    """
    if not isinstance(detail, Contact) or detail.superior_id is None:
        return
    colleagues = Contact.objects.filter(customer_id=detail.customer_id, removed_at=None)
    above = dict(colleagues.select_for_update().values_list("pk", "superior_id"))
    if detail.superior_id not in above:
        raise UnableToEditCustomer(_("Nobody of this customer's people is meant by that."))
    if detail.pk is not None and leads_back(detail.pk, detail.superior_id, above):
        raise UnableToEditCustomer(
            _("%(name)s reports to this person already. Choose somebody else, or nobody.")
            % {"name": detail.superior}
        )


def keep_one_primary(detail: Any, *, by: "Staff", at: datetime) -> None:
    """Let a customer have one person to call first: the one just named."""
    if not isinstance(detail, Contact) or not detail.is_primary:
        return
    others = Contact.objects.filter(customer_id=detail.customer_id, is_primary=True)
    for other in others.filter(removed_at__isnull=True).exclude(pk=detail.pk):
        other.is_primary = False
        save_record(other, by=by, at=at)


def unsaved(kind: DetailKind, /, **values: Any) -> Any:
    """Return a detail that is not stored yet, for callers who do not know the models."""
    return DETAILS[kind](**values)


def unsaved_person(**values: Any) -> PersonProfile:
    """Return what people learned of an individual, not stored yet."""
    return PersonProfile(**values)
