"""Prospects, contacts, notes and what people know of customers come in from spreadsheets."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories.archive import ContactFactory, CustomFieldFactory
from tests.factories.imports import complaints, counts
from tests.factories.sheets import workbook

from dakehu.audit.models import Change
from dakehu.customers.errors import UnableToEditCustomer
from dakehu.customers.models import (
    Anniversary,
    Contact,
    Customer,
    Gift,
    MarketNote,
    PersonProfile,
)
from dakehu.customers.operations import details
from dakehu.files.operations import importing

PROSPECTS = ("Number", "Name", "Unit", "Phone", "Industry", "Employees")


def test_prospects_are_entered_and_a_second_time_nothing_changes(importer, people):
    file = workbook([PROSPECTS, ("", "新材料公司", "01/东城", "13800001111", "制造", 120)])

    first = importer.bring_in("prospects", file)
    second = importer.check("prospects", file)

    made = Customer.objects.get(kind="PROSPECT")
    assert counts(first) == (1, 0, 0, 0)
    assert (made.name, made.unit, made.profile.employees) == (
        "新材料公司",
        people.units.district,
        120,
    )
    assert counts(second) == (0, 0, 1, 0)


def test_a_likely_duplicate_is_refused_until_somebody_insists(importer, customers):
    heads = ("Name", "Unit", "Phone", "Enter all the same")
    phone = str(customers.own.phone)
    rows = [heads, ("张伟商行", "01", phone, ""), ("张伟分店", "01", phone, "Yes")]

    run = importer.bring_in("prospects", workbook(rows))

    assert counts(run) == (1, 0, 0, 1)
    assert "张伟 01S00000101" in complaints(run)[2][0][1]
    assert "the same phone" in complaints(run)[2][0][1]


def test_a_known_prospect_is_changed_by_its_number(importer):
    importer.bring_in("prospects", workbook([PROSPECTS, ("", "新材料公司", "01", "", "", "")]))
    number = Customer.objects.get(kind="PROSPECT").number

    run = importer.bring_in(
        "prospects", workbook([PROSPECTS[:5], (number, "新名称", "", "", "电子")])
    )

    made = Customer.objects.get(kind="PROSPECT")
    assert counts(run) == (0, 1, 0, 0)
    assert (made.name, made.profile.industry) == ("新名称", "电子")
    reasons = Change.objects.filter(subject_type="customers.customer", subject_id=made.pk)
    assert set(reasons.values_list("reason", flat=True)) == {"Import of file.xlsx, line 2"}


def test_contacts_are_entered_changed_and_undone(importer, customers):
    heads = ("Customer number", "Name", "Role", "Phone", "Birthday")
    entered = importer.bring_in(
        "contacts",
        workbook([heads, ("01G000105", "李明", "Unit leader", "13900002222", "1980-05-20")]),
    )
    changed = importer.bring_in(
        "contacts",
        workbook([heads, ("01G000105", "李明", "Contact", "139****2222", "****-05-20")]),
    )

    person = Contact.objects.get()
    assert (counts(entered), counts(changed)) == ((1, 0, 0, 0), (0, 1, 0, 0))
    assert (person.role, person.phone.plain, person.birth_date.plain) == (
        "CONTACT",
        "13900002222",
        "1980-05-20",
    )

    importer.undo(changed)
    person.refresh_from_db()
    assert person.role == "LEADER"


def test_gifts_are_entered_for_people_changed_refused_and_undone(importer, customers):
    person = ContactFactory(customer=customers.group, name="李明")
    ContactFactory(customer=customers.group, name="王红")
    ContactFactory(customer=customers.group, name="王红", role="USER")
    heads = ("Customer number", "Day", "Present", "Person", "Value (yuan)", "Given by")
    rows = [
        ("01G000105", "2026-02-01", "茶叶", "李明", "120.50", "谁"),
        ("01G000105", "2026-02-02", "茶叶", "", "", ""),
        ("01G000105", "2026-02-03", "茶叶", "无名", "", ""),
        ("01G000105", "2026-02-04", "茶叶", "王红", "", ""),
        ("01G000105", "2030-01-01", "茶叶", "", "", ""),
    ]
    first = importer.bring_in("gifts", workbook([heads, *rows]))
    again = [
        heads[:4],
        ("01G000105", "2026-02-01", "茶叶", "(clear)"),
        ("01G000105", "2026-02-02", "茶叶", "李明"),
    ]
    changed = importer.bring_in("gifts", workbook(again))

    assert (counts(first), counts(changed)) == ((2, 0, 0, 3), (0, 2, 0, 0))
    assert list(complaints(first)) == [4, 5, 6]
    gift = Gift.objects.get(on=date(2026, 2, 1))
    assert (gift.contact, gift.value_fen, gift.staff) == (None, 12_050, importer.by)
    importer.undo(changed)
    gift.refresh_from_db()
    assert gift.contact == person
    third = importer.bring_in("gifts", workbook([heads[:3], ("01G000105", "2026-02-05", "书")]))
    importer.undo(third)
    assert Gift.objects.get(what="书").removed_at


def test_days_to_remember_are_changed_by_occasion_or_number(importer, customers):
    heads = ("Customer number", "Occasion", "Day", "Calendar")
    importer.bring_in("days", workbook([heads, ("01G000105", "开业", "1998-06-18", "")]))
    day = Anniversary.objects.get()
    numbered = (*heads[:3], "Number of the entry")
    lunar = workbook([heads, ("01G000105", "开业", "1998-06-19", "Lunar")])
    rows = [
        ("01G000105", "开张", "1998-06-19", str(day.pk)),
        ("01G000105", "开张", "1998-06-19", "999999"),
    ]

    by_name = importer.bring_in("days", lunar)
    by_number = importer.bring_in("days", workbook([numbered, *rows]))

    day.refresh_from_db()
    assert (counts(by_name), counts(by_number)) == ((0, 1, 0, 0), (0, 1, 0, 1))
    assert (day.title, day.on, day.calendar) == ("开张", date(1998, 6, 19), "lunar")


def test_undoing_what_was_entered_removes_it_unless_it_was_changed_meanwhile(importer, customers):
    heads = ("Customer number", "Name", "Role")
    rows = [heads, ("01G000105", "李明", "Contact"), ("01G000105", "王红", "Contact")]
    run = importer.bring_in("contacts", workbook(rows))
    Contact.objects.filter(name="王红").update(hobbies="钓鱼", version=2)

    importer.undo(run)

    assert list(Contact.objects.filter(removed_at=None).values_list("name", flat=True)) == ["王红"]
    assert complaints(run) == {3: [("", "changed since the import, so it is not removed")]}
    assert run.state == "UNDONE"


def test_notes_keep_prices_in_fen(importer, customers):
    heads = ("Customer number", "Kind", "What was learned", "Competitor", "Price (yuan)")
    run = importer.bring_in(
        "market-notes", workbook([heads, ("01G000105", "Competitor", "比价", "联信", 1200.5)])
    )

    note = MarketNote.objects.get()
    assert counts(run) == (1, 0, 0, 0)
    assert (note.price_fen, note.competitor, note.staff) == (120_050, "联信", importer.by)


def test_what_people_know_of_an_individual_is_kept(importer, customers):
    run = importer.bring_in(
        "individuals", workbook([("Number", "Occupation", "Hobbies"), ("01S00000101", "教师", "")])
    )

    assert counts(run) == (0, 1, 0, 0)
    assert PersonProfile.objects.get(customer=customers.own).occupation == "教师"


def test_what_the_city_delivers_is_refused_in_words(importer, customers):
    rows = [("Number", "Customer name", "Brand"), ("01S00000101", "张三", "全球通")]
    run = importer.check("individuals", workbook(rows))

    ((field, words),) = complaints(run)[2]
    assert counts(run) == (0, 0, 0, 1)
    assert field == "name"
    assert "comes from the city's files" in words


@pytest.fixture
def own_fields():
    """A custom field of each type, of individuals."""
    kinds = {"TEXT": [], "NUMBER": [], "DATE": [], "CHOICE": ["甲", "乙"], "YES_NO": []}
    return {
        kind: CustomFieldFactory(
            kind="INDIVIDUAL",
            key=kind.lower(),
            label=f"字段{kind}",
            label_en="",
            type=kind,
            options=options,
        )
        for kind, options in kinds.items()
    }


def test_own_fields_come_in_by_their_type(importer, customers, own_fields):
    heads = [f"字段{kind}" for kind in own_fields]
    rows = [("Number", *heads), ("01S00000101", "文字", 12.5, "2026/3/1", "甲", "是")]

    run = importer.bring_in("individuals", workbook(rows))

    held = {
        value.field.key: value for value in customers.own.custom_values.select_related("field")
    }
    assert counts(run) == (0, 1, 0, 0)
    assert (held["text"].text, held["number"].number, held["date"].day) == (
        "文字",
        Decimal("12.5"),
        date(2026, 3, 1),
    )
    assert (held["choice"].text, held["yes_no"].yes) == ("甲", True)


def test_own_fields_are_given_back_when_undone(importer, customers, own_fields):
    run = importer.bring_in(
        "individuals", workbook([("Number", "字段TEXT"), ("01S00000101", "文字")])
    )

    importer.undo(run)

    assert run.state == "UNDONE"
    assert not customers.own.custom_values.exists()


def test_customers_out_of_reach_are_not_found(importer, customers, supervisor):
    importer.by = supervisor
    run = importer.check("individuals", workbook([("Number", "Hobbies"), ("02S00000103", "钓鱼")]))

    assert counts(run) == (0, 0, 0, 1)
    assert "no such record within your reach" in complaints(run)[2][0][1]


def test_many_rows_are_written_together_each_logged_with_its_line(
    importer, customers, django_assert_max_num_queries
):
    known = ContactFactory(customer=customers.group, name="老周", hobbies="")
    rows = [("Customer number", "Name", "Role", "Hobbies", "First person to call")]
    rows += [("01G000105", f"新人{number}", "Contact", "茶", "") for number in range(40)]
    rows += [("01G000105", "老周", "Key person", "棋", "Yes")]
    run = importer.check("contacts", workbook(rows))
    importing.begin_applying(run, by=importer.by, at=importer.at)

    with django_assert_max_num_queries(60):
        importing.apply_chunk(run, at=importer.at)

    importing.finish_applying(run, at=importer.at)
    run.refresh_from_db()
    assert counts(run) == (40, 1, 0, 0)
    known.refresh_from_db()
    assert (known.hobbies, known.is_primary, known.version) == ("棋", True, 2)
    reason = Change.objects.get(subject_type="customers.contact", subject_id=known.pk).reason
    assert reason == "Import of file.xlsx, line 42"
    made = Contact.objects.get(name="新人7")
    changes = Change.objects.filter(subject_type="customers.contact", subject_id=made.pk)
    assert [(each.verb, each.reason, each.version) for each in changes] == [
        ("CREATED", "Import of file.xlsx, line 9", 1)
    ]


def test_a_row_that_is_refused_at_the_last_moment_takes_no_other_with_it(
    importer, customers, monkeypatch
):
    rows = [("Number", "Hobbies"), ("01S00000101", "钓鱼"), (customers.colleagues.number, "棋")]
    run = importer.check("individuals", workbook(rows))

    def is_closed(*numbers):
        # The row is read as open, and closed by the time it is written.
        if customers.colleagues.pk in numbers:
            raise UnableToEditCustomer("rests in the archive")

    monkeypatch.setattr(details, "refuse_any_closed", lambda numbers: is_closed(*numbers))
    monkeypatch.setattr(details, "refuse_closed", lambda customer: is_closed(customer.pk))
    run = importer.apply(run)

    assert counts(run) == (0, 1, 0, 1)
    assert [line for line in complaints(run)] == [3]
    assert PersonProfile.objects.get().hobbies == "钓鱼"
