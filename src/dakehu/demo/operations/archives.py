"""Fill the files of the demonstration's customers, as its managers would have (V1–V6)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate

from dakehu.customers import operations, queries
from dakehu.customers.choices import CustomerKind, DetailKind, FieldType
from dakehu.customers.values import ProspectFacts
from dakehu.demo.rules import archives
from dakehu.demo.rules.archives import Archive
from dakehu.demo.values import DemoBook

if TYPE_CHECKING:
    from dakehu.people.models import Staff

GROUPS = 400
PERSONS = 300
PROSPECTS = 24
FORMER = 12
# Most entries were written down within so many days.
WRITTEN_WITHIN = 300
FIELDS: tuple[tuple[str, str, str, str, tuple[str, ...]], ...] = (
    (CustomerKind.GROUP, "招标月份", "Tender month", FieldType.TEXT, ()),
    (CustomerKind.GROUP, "分支机构数", "Branches", FieldType.NUMBER, ()),
    (CustomerKind.GROUP, "服务协议到期", "Service agreement ends", FieldType.DATE, ()),
    (
        CustomerKind.GROUP,
        "上云意愿",
        "Will to move to the cloud",
        FieldType.CHOICE,
        ("强", "一般", "弱"),
    ),
    (CustomerKind.INDIVIDUAL, "车主俱乐部", "Drivers' club", FieldType.YES_NO, ()),
    (CustomerKind.PROSPECT, "线索来源", "Found by", FieldType.CHOICE, ("走访", "转介", "展会")),
)
ENTRIES = (
    ("contacts", DetailKind.CONTACT),
    ("addresses", DetailKind.ADDRESS),
    ("anniversaries", DetailKind.ANNIVERSARY),
    ("gifts", DetailKind.GIFT),
    ("notes", DetailKind.NOTE),
    ("opinions", DetailKind.OPINION),
)


@transaction.atomic
def furnish_archives(*, book: DemoBook, administrator: "Staff", at: datetime) -> None:
    """Let the managers of the demonstration know their customers; twice changes nothing."""
    if queries.custom_fields().exists():
        return
    define_fields(administrator, at=at)
    seen = queries.customers_visible_to(administrator).filter(manager__isnull=False)
    for group in seen.filter(kind=CustomerKind.GROUP).order_by("pk")[:GROUPS]:
        archive = archives.archive_of_group(group.number, on=localdate(at))
        file(group, archive, by=keeper(group, administrator), at=at)
        fill_in(group, by=keeper(group, administrator), at=at)
    alone = seen.filter(kind=CustomerKind.INDIVIDUAL, managed=True).order_by("manager", "pk")
    for person in evenly(alone, PERSONS):
        archive = archives.archive_of_person(person.number, on=localdate(at))
        file(person, archive, by=keeper(person, administrator), at=at)
    enter_prospects(seen, administrator, at=at)
    retire_some(administrator, at=at)


def evenly(rows: Any, count: int) -> list[Any]:
    """Return about so many rows, spread over all."""
    keys = list(rows.values_list("pk", flat=True))
    step = max(1, len(keys) // count)
    return list(rows.filter(pk__in=keys[::step]))


def keeper(customer: Any, administrator: "Staff") -> "Staff":
    """Return who writes into a customer's file: the manager, if the role may."""
    manager: Staff | None = customer.manager
    return manager if manager and manager.may("customers.edit") else administrator


def define_fields(administrator: "Staff", *, at: datetime) -> None:
    """Add the fields of the demonstration."""
    for kind, label, label_en, holds, options in FIELDS:
        field = operations.unsaved_field(
            kind=kind, label=label, label_en=label_en, type=holds, options=list(options)
        )
        operations.define_field(field=field, by=administrator, at=at)


def file(customer: Any, archive: Archive, *, by: "Staff", at: datetime) -> None:
    """Write a drawn archive into a customer's file."""
    if archive.person:
        person = operations.unsaved_person(**archive.person)
        operations.save_person(customer=customer, person=person, version=1, by=by, at=at)
    people: list[Any] = []
    for name, kind in ENTRIES:
        for place, values in enumerate(getattr(archive, name)):
            told = dict(values)
            usual = (customer.pk * 7 + place * 13) % WRITTEN_WITHIN + 1
            then = at - timedelta(days=told.pop("days_ago", usual))
            if kind in {DetailKind.NOTE, DetailKind.OPINION}:
                told["at"] = then
            if kind == DetailKind.CONTACT and people:
                # Two report to each, as far as they reach.
                told["superior"] = people[(place - 1) // 2]
            detail = operations.unsaved(kind, **told)
            operations.add_detail(customer=customer, detail=detail, by=by, at=then)
            if kind == DetailKind.CONTACT:
                people.append(detail)


def fill_in(group: Any, *, by: "Staff", at: datetime) -> None:
    """Fill the own fields of every other group."""
    if group.pk % 2:
        return
    answers: tuple[Any, ...] = (
        f"{group.pk % 12 + 1}月",
        Decimal(group.pk % 9 + 1),
        localdate(at) + timedelta(days=group.pk % 300 + 20),
        ("强", "一般", "弱")[group.pk % 3],
    )
    fields = queries.custom_fields(CustomerKind.GROUP)
    contents = dict(zip((each.key for each in fields), answers, strict=False))
    operations.set_custom_values(
        customer=group, contents=contents, version=group.version, by=by, at=at
    )


def enter_prospects(seen: Any, administrator: "Staff", *, at: datetime) -> None:
    """Let managers enter whom they would like to win."""
    managers = managers_of(seen.filter(kind=CustomerKind.GROUP).order_by("pk"))
    for place in range(PROSPECTS if managers else 0):
        manager = managers[place % len(managers)]
        own, profile = archives.drawn_prospect(place)
        facts = ProspectFacts({**own, "unit": manager.unit, "manager": manager}, profile)
        by = manager if manager.may("customers.create") else administrator
        operations.create_prospect(facts=facts, by=by, at=at)


def managers_of(customers: Iterable[Any]) -> list["Staff"]:
    """Return the managers of customers, each once."""
    return list({customer.manager_id: customer.manager for customer in customers}.values())


def retire_some(administrator: "Staff", *, at: datetime) -> None:
    """Move a few who have left into the retained archive."""
    seen = queries.customers_visible_to(administrator)
    gone = seen.filter(kind=CustomerKind.INDIVIDUAL, status=4).order_by("pk")[:FORMER]
    for place, customer in enumerate(gone):
        operations.retire_customers(
            customers=seen.filter(pk=customer.pk),
            reason=archives.LEFT[place % len(archives.LEFT)],
            by=administrator,
            at=at - timedelta(days=place),
        )
