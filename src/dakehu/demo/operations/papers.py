"""Attach papers to the groups of the demonstration, and let its people ask for exports (V2)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from dakehu.customers.choices import CustomerKind
from dakehu.customers.queries import customers_visible_to
from dakehu.demo.rules import papers
from dakehu.demo.rules.papers import Wish
from dakehu.demo.values import DemoBook
from dakehu.files.operations import attachments, exports
from dakehu.files.queries.attachments import attachments_of
from dakehu.files.queries.exports import exports_of, releaser_for
from dakehu.files.values import ExportOrder
from dakehu.people.queries import staff_who_may

if TYPE_CHECKING:
    from dakehu.people.models import Staff

GROUPS = 60
LIST = "customers:list"
COLUMNS = ("number", "name", "kind", "level", "manager", "unit", "phone")


def furnish_papers(*, book: DemoBook, administrator: "Staff", at: datetime) -> None:
    """Let managers keep papers and ask for lists; twice changes nothing."""
    attach_papers(administrator, at=at)
    named = {entry.username for entry in book.log_ins}
    askers = [one for one in staff_who_may("exports.request") if one.username in named]
    managers = [one for one in askers if one.role == "ACCOUNT_MANAGER"]
    # The manager whose log-in is printed shows all ends; a colleague of each city lets one wait.
    for place, manager in enumerate(first_of_cities(managers)):
        wishes = papers.WISHES if place == 0 else papers.WISHES[1:2]
        if not exports_of(manager).exists():
            for wish in wishes:
                ask(wish, by=manager, at=at)


def first_of_cities(managers: list["Staff"]) -> list["Staff"]:
    """Return the first manager of each city."""
    firsts: dict[str, Staff] = {}
    for manager in managers:
        firsts.setdefault(manager.unit.code[:2], manager)
    return list(firsts.values())


def attach_papers(administrator: "Staff", *, at: datetime) -> None:
    """Attach one or two papers to each of the first groups that somebody looks after."""
    groups = customers_visible_to(administrator).filter(
        kind=CustomerKind.GROUP, manager__isnull=False
    )
    for place, group in enumerate(groups.order_by("pk")[:GROUPS]):
        if not attachments_of(group):
            for step in range(1 + place % 2):
                attach(group, place + step, at=at - timedelta(days=3 * place % 40 + step))


def attach(group: Any, place: int, *, at: datetime) -> None:
    """Attach the paper of a place in the row to a group, by its manager."""
    name, words = papers.PAPERS[place % len(papers.PAPERS)]
    upload = SimpleUploadedFile(name, words.format(name=group.name).encode())
    if group.manager.may("files.attach"):
        attachments.attach_file(record=group, upload=upload, by=group.manager, at=at)


def ask(wish: Wish, *, by: "Staff", at: datetime) -> None:
    """Let somebody ask for their customers as a list, and others do what the wish says."""
    began = at - timedelta(hours=wish.hours_ago)
    rows = customers_visible_to(by).count()
    releaser = releaser_for(by)
    if not rows or releaser is None:
        return
    order = ExportOrder(
        screen=LIST,
        query="",
        columns=COLUMNS,
        language=settings.LANGUAGE_CODE,
        purpose=wish.purpose,
        rows=rows,
    )
    export = exports.request_export(order=order, by=by, at=began)
    decided = began + timedelta(minutes=25)
    if wish.end == papers.WITHDRAWN:
        exports.withdraw_export(export=export, by=by, at=decided)
    elif wish.end in {papers.RELEASED, papers.REFUSED}:
        second = staff_who_may("exports.approve").get(pk=releaser)
        exports.decide_export(
            export=export,
            release=wish.end == papers.RELEASED,
            note=wish.note,
            by=second,
            at=decided,
        )
