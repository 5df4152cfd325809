"""
Who sees which personal field where: every role, every surface, every field (promise 3).

A field stands on a surface masked, or not at all; in plain it stands nowhere but in the answer to
a reveal, and in an export that asks for it. A model that gets another personal field fails the
suite until the table names it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.factories.alerts import AlertFactory
from tests.factories.archive import AddressFactory, ContactFactory
from tests.factories.cases import make_case, rows
from tests.factories.exports import ask, decide
from tests.factories.opportunities import take_in
from tests.factories.orders import make_order
from tests.factories.outbox import refuse, write
from tests.factories.people import StaffFactory
from tests.factories.reports import make_client
from tests.web.asked import ALL, NEAR_MANAGER, NEAR_UNIT

from dakehu.alerts.models import LeavingReport
from dakehu.audit.fields import BirthdayField, PersonalField
from dakehu.audit.models import Access
from dakehu.cases.values import BatchLine
from dakehu.customers.models import GroupProfile, PersonProfile
from dakehu.files.errors import UnableToExport
from dakehu.files.operations import keeping
from dakehu.opportunities.values import Elements

NOBODY: frozenset[str] = frozenset()
# In plain, and as it stands masked.
FIELDS = {
    "customers.Customer.phone": ("13812345678", "138****5678"),
    "customers.Customer.birth_date": ("1981-04-17", "****-04-17"),
    "customers.Customer.identity_no": ("110101198104172345", "11**************45"),
    "customers.PersonProfile.email": ("zhangwei@example.com", "z*******@example.com"),
    "customers.Contact.phone": ("13912340001", "139****0001"),
    "customers.Contact.email": ("guojianguo@example.com", "g*********@example.com"),
    "customers.Contact.birth_date": ("1975-03-20", "****-03-20"),
    "customers.Address.address": ("滨海市西城区工业园路12号", "滨海市西城区*******"),
    "customers.GroupProfile.address": ("滨海市东城区港湾路88号", "滨海市东城区******"),
    "cases.Case.caller_phone": ("13512340001", "135****0001"),
    "cases.WorkOrder.contact_phone": ("13512340077", "135****0077"),
    "opportunities.Opportunity.contact_phone": ("13512340066", "135****0066"),
    "people.Staff.phone": ("13987654321", "139****4321"),
    "people.Staff.email": ("liqiang@example.com", "l******@example.com"),
    "people.Staff.birth_date": ("1990-06-15", "****-06-15"),
    "people.Staff.identity_no": ("11010119900615987X", "11**************7X"),
}
# Stand masked as well, and nobody may reveal them: they are the sender's word.
UNREVEALED = {
    "alerts.LeavingReport.phone": ("13700001234", "137****1234"),
    "cases.BatchRow.number": ("13600005678", "136****5678"),
    "outbox.Message.phone": ("13612340077", "136****0077"),
    "outbox.Message.email": ("letter@example.com", "l*****@example.com"),
    "outbox.Refusal.phone": ("13612340088", "136****0088"),
    "outbox.Refusal.email": ("refuses@example.com", "r******@example.com"),
}
PERSONAL = {**FIELDS, **UNREVEALED}
CUSTOMER, STAFF = "customers.Customer", "people.Staff"


@dataclass(frozen=True)
class Surface:
    """An address, the fields that stand there, its permission, and who reaches its object."""

    url: Callable[[Any], str]
    shows: frozenset[str]
    permission: str
    reached: frozenset[str] = NEAR_MANAGER
    query: tuple[tuple[str, str], ...] = ()


def on(name: str, part: str = "own", /, **query: str) -> dict[str, Any]:
    """Return the address of a page about one of the things."""
    return {
        "url": lambda things: reverse(name, args=[things[part].pk]),
        "query": tuple(query.items()),
    }


def at(name: str, /, **query: str) -> dict[str, Any]:
    """Return the address of a list or a search."""
    return {"url": lambda things: reverse(name), "query": tuple(query.items())}


def fields(model: str, *names: str) -> frozenset[str]:
    return frozenset(f"{model}.{name}" for name in names)


SURFACES = {
    "messages": Surface(
        **at("outbox:list"),
        shows=fields("outbox.Message", "phone", "email"),
        permission="outbox.view",
    ),
    "refusals": Surface(
        **at("outbox:refusal_list"),
        shows=fields("outbox.Refusal", "phone", "email"),
        permission="outbox.view",
        reached=ALL,
    ),
    "case": Surface(
        **on("cases:detail", "cases.Case"),
        shows=fields("cases.Case", "caller_phone") | fields("cases.BatchRow", "number"),
        permission="cases.view",
    ),
    "opportunity": Surface(
        **on("opportunities:detail", "opportunities.Opportunity"),
        shows=fields("opportunities.Opportunity", "contact_phone"),
        permission="opportunities.view",
    ),
    "work order": Surface(
        **on("cases:order", "cases.WorkOrder"),
        shows=fields("cases.WorkOrder", "contact_phone"),
        permission="cases.view",
    ),
    "list": Surface(
        **at("customers:list", columns="number,name,phone,level,group", words="01S00000101"),
        shows=fields(CUSTOMER, "phone"),
        permission="customers.view",
    ),
    "search": Surface(
        **at("desk:search", q="01s"), shows=fields(CUSTOMER, "phone"), permission="customers.view"
    ),
    "suggestions": Surface(
        **at("desk:search_suggestions", q="01s"),
        shows=fields(CUSTOMER, "phone"),
        permission="customers.view",
    ),
    "page": Surface(
        **on("desk:customer"), shows=fields(CUSTOMER, "phone"), permission="customers.view"
    ),
    "profile": Surface(
        **on("customers:profile_panel"),
        shows=fields(CUSTOMER, "phone", "birth_date", "identity_no"),
        permission="customers.view",
    ),
    "habits": Surface(
        **on("customers:people_panel"),
        shows=fields("customers.PersonProfile", "email"),
        permission="customers.view",
    ),
    "profile of a group": Surface(
        **on("customers:profile_panel", "group"),
        shows=fields("customers.GroupProfile", "address"),
        permission="customers.view",
    ),
    "persons of a group": Surface(
        **on("customers:people_panel", "group"),
        shows=fields("customers.Contact", "phone", "email", "birth_date"),
        permission="customers.view",
    ),
    "addresses": Surface(
        **on("customers:addresses_panel", "group"),
        shows=fields("customers.Address", "address"),
        permission="customers.view",
    ),
    "as of a day": Surface(
        **on("desk:customer_past", on="2026-03-01"),
        shows=fields(CUSTOMER, "phone", "birth_date", "identity_no")
        | fields("customers.PersonProfile", "email"),
        permission="customers.view",
    ),
    "changes": Surface(**on("customers:changes_panel"), shows=NOBODY, permission="customers.view"),
    "timeline": Surface(**on("desk:customer_timeline"), shows=NOBODY, permission="customers.view"),
    "alerts": Surface(
        **at("alerts:list", columns="customer,phone"),
        shows=fields(CUSTOMER, "phone"),
        permission="alerts.view",
    ),
    "reports of other systems": Surface(
        **at("alerts:report_list"),
        shows=fields("alerts.LeavingReport", "phone"),
        permission="api.manage",
        reached=ALL,
    ),
    "alert": Surface(**on("alerts:detail", "alert"), shows=NOBODY, permission="alerts.view"),
    "list of staff": Surface(
        **at("people:staff_list", columns="name,phone,email", name="李强"),
        shows=fields(STAFF, "phone", "email"),
        permission="people.view",
        reached=NEAR_UNIT,
    ),
    "file of a person": Surface(
        **on("people:basics_panel", "clerk"),
        shows=fields(STAFF, "phone", "email", "birth_date", "identity_no"),
        permission="people.view",
        reached=NEAR_UNIT,
    ),
}


def make_batch(manager: Any, customer: Any, *, at: Any) -> Any:
    """A batch that somebody asked for by telephone, taken and kept by the manager."""
    return make_case(
        manager,
        at=at,
        kind="BATCH",
        customer=customer,
        caller_phone=FIELDS["cases.Case.caller_phone"][0],
        lines=(BatchLine(UNREVEALED["cases.BatchRow.number"][0]), *rows(29)),
        keep=True,
    )


def make_messages(manager: Any, customer: Any, *, at: Any) -> Any:
    """Make messages and refusals of both kinds of address; return the customer."""
    for way, name in (("SMS", "phone"), ("EMAIL", "email")):
        to = UNREVEALED[f"outbox.Message.{name}"][0]
        write(customer, manager, at=at, way=way, to=to)
        refuse(manager, at=at, to=UNREVEALED[f"outbox.Refusal.{name}"][0])
    return customer


@pytest.fixture
def things(people, customers, at) -> dict[str, Any]:
    """Records that hold every personal field, within the manager's reach."""
    own, group = customers.own, customers.group
    own.phone, own.birth_date, own.identity_no = (
        FIELDS[f"{CUSTOMER}.{name}"][0] for name in ("phone", "birth_date", "identity_no")
    )
    own.save()
    there = FIELDS["customers.GroupProfile.address"][0]
    GroupProfile.objects.filter(customer=group).update(address=there)
    clerk = StaffFactory(
        unit=people.units.district,
        name="李强",
        **{
            name: FIELDS[f"{STAFF}.{name}"][0]
            for name in ("phone", "email", "birth_date", "identity_no")
        },
    )
    person = PersonProfile.objects.create(
        customer=own, email=FIELDS["customers.PersonProfile.email"][0]
    )
    contact = ContactFactory(
        customer=group,
        **{
            name: FIELDS[f"customers.Contact.{name}"][0]
            for name in ("phone", "email", "birth_date")
        },
    )
    address = AddressFactory(customer=group, address=FIELDS["customers.Address.address"][0])
    LeavingReport.objects.create(
        client=make_client(people, people.units.province, at=at)[0],
        event_id="1",
        phone=UNREVEALED["alerts.LeavingReport.phone"][0],
        kind="port_out",
        happened_at=at,
        source="营业厅",
        received_at=at,
        verdict="UNKNOWN",
        digest="0",
    )
    return {
        "own": make_messages(people.manager, own, at=at),
        "cases.Case": make_batch(people.manager, own, at=at),
        "cases.WorkOrder": make_order(
            people.manager,
            customer=own,
            at=at,
            afterwards="补登",
            phone=FIELDS["cases.WorkOrder.contact_phone"][0],
        ),
        "opportunities.Opportunity": make_opportunity(people, own, at=at),
        "group": group,
        "clerk": clerk,
        "alert": AlertFactory(customer=own, owner=people.manager),
        "customers.Customer": own,
        "customers.GroupProfile": group,
        "customers.PersonProfile": person,
        "customers.Contact": contact,
        "customers.Address": address,
        "people.Staff": clerk,
    }


def make_opportunity(people, customer, *, at):
    """Take an opportunity in whose number to call is in the table."""
    told = Elements(contact_phone=FIELDS["opportunities.Opportunity.contact_phone"][0])
    return take_in(people.hotline_agent, customer=customer, at=at, elements=told)


def states(text: str) -> dict[str, str]:
    """Return how each field stands in a text: in plain, masked, or absent."""
    return {
        name: "plain" if plain in text else "masked" if masked in text else "absent"
        for name, (plain, masked) in PERSONAL.items()
    }


def test_every_personal_field_is_in_the_table():
    known = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, PersonalField | BirthdayField)
    }

    assert known == PERSONAL.keys()


@pytest.mark.parametrize("name", SURFACES)
def test_a_field_is_masked_where_it_stands_and_stands_only_within_reach(
    sign_in, people, things, home, name
):
    surface = SURFACES[name]
    shown = dict.fromkeys(PERSONAL, "absent") | dict.fromkeys(surface.shows, "masked")
    hidden = dict.fromkeys(PERSONAL, "absent")

    for part, person in people.everybody.items():
        url, query = surface.url(things), dict(surface.query)
        found = states(sign_in(person).get(url, query, follow=True).content.decode())

        is_for_them = person.may(surface.permission) and part in surface.reached
        assert found == (shown if is_for_them else hidden), part


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_is_revealed_to_who_may_and_reaches_it(sign_in, people, things, name):
    model, _dot, field = name.rpartition(".")
    permission, reached = (
        ("people.reveal", NEAR_UNIT) if model == STAFF else ("customers.reveal", NEAR_MANAGER)
    )
    url = reverse("people:reveal", args=[model.lower(), things[model].pk])
    expected, answers = {}, {}

    for part, person in people.everybody.items():
        may = person.may(permission) and (model != STAFF or person.may("people.view"))
        expected[part] = 403 if not may else 200 if part in reached else 404
        response = sign_in(person).post(url, {"value": field, "purpose": "CORRECT"})
        answers[part] = response.status_code
        is_plain = FIELDS[name][0] in response.content.decode()
        assert is_plain == (response.status_code == 200), part

    assert answers == expected
    looks = Access.objects.filter(verb="REVEALED")
    assert looks.count() == list(expected.values()).count(200)


@pytest.mark.parametrize("is_plain", [False, True], ids=["masked", "plain"])
def test_an_export_holds_what_its_requester_may_have(people, things, home, finish_work, is_plain):
    releasers = (people.administrator, people.operations_center)
    needed = {"customers.view", "customers.export", "exports.request"}
    needed |= {"exports.plain"} if is_plain else set()
    wanted = {
        "columns": ("number", "name", "phone"),
        "query": "words=01S00000101",
        "is_plain": is_plain,
    }

    for part, person in people.everybody.items():
        if not all(person.may(permission) for permission in needed):
            with pytest.raises((UnableToExport, PermissionDenied)):
                ask(person, **wanted)
            continue
        export = ask(person, **wanted)
        decide(export, next(each for each in releasers if each != person))
        finish_work()
        export.refresh_from_db()
        book = CalamineWorkbook.from_path(keeping.full_path(export.path))
        found = states(str(book.get_sheet_by_index(0).to_python()))
        state = "plain" if is_plain else "masked"
        phone = state if part in NEAR_MANAGER else "absent"
        assert found == dict.fromkeys(PERSONAL, "absent") | {f"{CUSTOMER}.phone": phone}, part


def test_every_person_is_asked(people):
    assert people.everybody.keys() == ALL
