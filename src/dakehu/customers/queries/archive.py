"""What people added to a customer's file; the customer comes from a query (V1–V5)."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from dakehu.audit.fields import Record
from dakehu.customers.choices import DetailKind
from dakehu.customers.models import (
    Address,
    Anniversary,
    Contact,
    Customer,
    Gift,
    GroupProfile,
    MarketNote,
    Opinion,
    PersonProfile,
)
from dakehu.customers.queries.customers import customers_visible_to, get_customer
from dakehu.customers.querysets import ToldQuerySet
from dakehu.customers.rules.charts import Place, chart_of
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff

DETAILS: Mapping[DetailKind, type[models.Model]] = MappingProxyType(
    {
        DetailKind.CONTACT: Contact,
        DetailKind.ADDRESS: Address,
        DetailKind.ANNIVERSARY: Anniversary,
        DetailKind.GIFT: Gift,
        DetailKind.NOTE: MarketNote,
        DetailKind.OPINION: Opinion,
    }
)
"""The record that keeps each kind of detail."""

HOLDERS = (Customer, GroupProfile, PersonProfile, Contact, Address)
"""The records of a customer's file that hold personal values."""

SHOWN = 50
# Leader first, then the key persons, contacts and users; of each the one to call first.
ROLE_ORDER = models.Case(
    models.When(role="LEADER", then=0),
    models.When(role="KEY_PERSON", then=1),
    models.When(role="CONTACT", then=2),
    default=3,
)


def details_of(customer: Customer, kind: DetailKind) -> QuerySet[Any]:
    """Return the details of a kind that were not removed, in the order they were entered."""
    model: Any = DETAILS[kind]
    rows: QuerySet[Any] = model.objects.filter(customer=customer, removed_at__isnull=True)
    return rows.order_by("pk")


def get_detail(customer: Customer, kind: DetailKind, pk: int) -> Any:
    """
    Return one detail of a customer.

    :raises Http404: if the customer has none of that number, or it was removed.
    """
    found = details_of(customer, kind).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def get_holder(actor: "Staff", pk: int, *, model: type[models.Model]) -> Any:
    """
    Return a record of a customer's file whose masked values the actor may see in plain.

    It is the customer itself, or belongs to one. A removed detail does not count.

    :raises PermissionDenied: if the role may not.
    :raises Http404: if there is none within the actor's reach.
    """
    require(actor, "customers.reveal")
    if model is Customer:
        return get_customer(actor, pk)
    rows: QuerySet[Any] = model._default_manager.filter(pk=pk)
    holder = (rows.filter(removed_at=None) if issubclass(model, Record) else rows).first()
    if holder is None:
        raise Http404
    holder.customer = get_customer(actor, holder.customer_id)
    return holder


def get_removed_detail(customer: Customer, kind: DetailKind, pk: int) -> Any:
    """
    Return one removed detail of a customer.

    :raises Http404: if the customer has none of that number among the removed.
    """
    model: Any = DETAILS[kind]
    found = model.objects.filter(customer=customer, pk=pk, removed_at__isnull=False).first()
    if found is None:
        raise Http404
    return found


def removed_details_of(customer: Customer) -> list[tuple[DetailKind, Any]]:
    """Return what was removed from a customer's file, the newest removal first."""
    found: list[tuple[DetailKind, Any]] = []
    for kind, model in DETAILS.items():
        rows: Any = model._default_manager.filter(customer=customer, removed_at__isnull=False)
        found += [(kind, row) for row in rows.order_by("-removed_at")[:SHOWN]]
    return sorted(found, key=lambda pair: pair[1].removed_at, reverse=True)[:SHOWN]


def contacts_of(customer: Customer) -> list[Contact]:
    """Return the people of a group or prospect, the unit leader first (T10)."""
    rows: QuerySet[Contact] = details_of(customer, DetailKind.CONTACT)
    found = rows.select_related("member").order_by(ROLE_ORDER, "-is_primary", "pk")
    return list(found[:SHOWN])


def chart_among(contacts: list[Contact]) -> tuple[Place, ...]:
    """Return who reports to whom; nothing as long as that is known of nobody (OP14)."""
    is_known = any(each.superior_id for each in contacts)
    return chart_of(contacts) if is_known else ()


def people_of_groups(actor: "Staff") -> ToldQuerySet:
    """Return the people of all groups and prospects within the actor's reach (T10)."""
    within = customers_visible_to(actor).select_related(None).filter(pk=OuterRef("customer"))
    rows: ToldQuerySet = Contact.objects.filter(removed_at__isnull=True)
    found = rows.filter(Exists(within))
    return found.select_related("customer__unit", "customer__manager", "member")


def gifts_within(actor: "Staff") -> QuerySet[Gift]:
    """Return the gifts of all customers within the actor's reach (V1)."""
    rows: QuerySet[Gift] = entries_within(actor, Gift)
    return rows.select_related("staff")


def days_within(actor: "Staff") -> QuerySet[Anniversary]:
    """Return the days to remember of all customers within the actor's reach (C9)."""
    rows: QuerySet[Anniversary] = entries_within(actor, Anniversary)
    return rows


def entries_within(actor: "Staff", model: Any) -> QuerySet[Any]:
    """Return the present entries of one kind in the files within the actor's reach."""
    within = customers_visible_to(actor).select_related(None).filter(pk=OuterRef("customer"))
    rows = model._default_manager.filter(removed_at__isnull=True)
    found: QuerySet[Any] = rows.filter(Exists(within))
    return found.select_related("contact", "customer__unit", "customer__manager")


def person_of(customer: Customer) -> PersonProfile | None:
    """Return what people learned of an individual; nothing if nobody wrote anything down (V3)."""
    return PersonProfile.objects.filter(customer=customer).first()


def addresses_of(customer: Customer) -> list[Address]:
    """Return the addresses that people added, in the order they were entered (V4)."""
    return list(details_of(customer, DetailKind.ADDRESS)[:SHOWN])


def anniversaries_of(customer: Customer) -> list[Anniversary]:
    """Return the days to remember (C9)."""
    return list(details_of(customer, DetailKind.ANNIVERSARY).select_related("contact")[:SHOWN])


def gifts_of(customer: Customer, *, until: datetime | None = None) -> QuerySet[Gift]:
    """Return the presents given up to an instant, the newest first (V1)."""
    rows: QuerySet[Gift] = details_of(customer, DetailKind.GIFT).select_related("contact", "staff")
    found = rows if until is None else rows.filter(on__lte=until.date())
    return found.order_by("-on", "-pk")


def notes_of(customer: Customer, *, until: datetime | None = None) -> QuerySet[MarketNote]:
    """Return what was learned about competitors and the market, the newest first (V5)."""
    rows: QuerySet[MarketNote] = details_of(customer, DetailKind.NOTE).select_related("staff")
    found = rows if until is None else rows.filter(at__lte=until)
    return found.order_by("-at", "-pk")


def opinions_of(customer: Customer, *, until: datetime | None = None) -> QuerySet[Opinion]:
    """Return what the customer said at visits and on the telephone, the newest first (V1)."""
    rows: QuerySet[Opinion] = details_of(customer, DetailKind.OPINION)
    found = rows if until is None else rows.filter(at__lte=until)
    return found.select_related("contact", "staff").order_by("-at", "-pk")


def detail_labels_of(customer: Customer) -> dict[str, set[int]]:
    """Return the numbers of all details of a customer, removed ones too, by model label."""
    found: dict[str, set[int]] = {model._meta.label_lower: set() for model in DETAILS.values()}
    first, *others = (
        model._default_manager.filter(customer=customer)
        .annotate(label_of=models.Value(model._meta.label_lower))
        .values_list("label_of", "pk")
        for model in DETAILS.values()
    )
    for label, pk in first.union(*others, all=True):
        found[label].add(pk)
    return found
