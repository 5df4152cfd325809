"""The forms of a customer's file: adding, correcting, removing, clashes, bad input."""

from datetime import date

import pytest
from django.urls import reverse
from tests.factories.archive import (
    AddressFactory,
    AnniversaryFactory,
    ContactFactory,
    CustomFieldFactory,
    GiftFactory,
    MarketNoteFactory,
    OpinionFactory,
)
from tests.factories.customers import GroupFactory

from dakehu.audit.models import Access
from dakehu.customers.choices import FieldType
from dakehu.customers.models import (
    Address,
    Anniversary,
    Contact,
    Customer,
    CustomValue,
    Gift,
    MarketNote,
    Opinion,
    PersonProfile,
)

HTMX = {"HX-Request": "true"}
EVIL = '=HYPERLINK("http://example.com")<script>alert(1)</script>'
GOOD = {
    "contact": {"name": "郭建国", "role": "LEADER", "version": "1"},
    "address": {"label": "分厂", "address": "工业园路12号", "version": "1"},
    "anniversary": {
        "title": "成立日", "on": "1996-03-10", "calendar": "solar", "version": "1",
    },
    "gift": {"what": "茶叶", "on": "2026-01-10", "value_fen": "199.00", "version": "1"},
    "note": {"kind": "COMPETITOR", "competitor": "友商", "text": "报价低两成", "version": "1"},
    "opinion": {
        "source": "VISIT", "at": "2026-02-20T10:00", "satisfaction": "4", "text": "满意",
        "version": "1",
    },
}  # fmt: skip
MODELS = {
    "contact": Contact,
    "address": Address,
    "anniversary": Anniversary,
    "gift": Gift,
    "note": MarketNote,
    "opinion": Opinion,
}


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to("2026-03-02 09:30:00+08:00", tick=False)


def add(client, customer, kind, data, **options):
    return client.post(reverse("customers:detail_add", args=[customer.pk, kind]), data, **options)


def edit(client, detail, kind, data, **options):
    arguments = [detail.customer_id, kind, detail.pk]
    return client.post(reverse("customers:detail_edit", args=arguments), data, **options)


@pytest.mark.parametrize("kind", GOOD)
def test_an_entry_is_added_and_the_page_told_to_show_it(sign_in, manager, customers, kind):
    response = add(sign_in(manager), customers.own, kind, GOOD[kind], headers=HTMX)

    assert response.status_code == 200
    assert MODELS[kind].objects.get().customer == customers.own
    assert "dakehu:close-drawer" in response.headers["HX-Trigger"]
    assert "panel-timeline-changed" in response.headers["HX-Trigger"]


def test_without_scripts_one_goes_back_to_the_customer(sign_in, manager, customers):
    response = add(sign_in(manager), customers.own, "gift", GOOD["gift"])

    assert response.status_code == 302
    assert response.url == reverse("desk:customer", args=[customers.own.pk])


@pytest.mark.parametrize("kind", GOOD)
def test_a_form_comes_as_a_page_and_as_a_fragment(sign_in, manager, customers, kind):
    url = reverse("customers:detail_add", args=[customers.own.pk, kind])
    client = sign_in(manager)

    page, part = client.get(url).content.decode(), client.get(url, headers=HTMX).content.decode()

    assert "<html" in page
    assert "<html" not in part
    assert 'id="customers-form"' in part


@pytest.mark.parametrize(
    ("kind", "wrong", "said"),
    [
        ("contact", {"birth_date": "2026-03-03"}, "不能晚于今天"),
        ("contact", {"birth_date": "1850-01-01"}, "日期过早"),
        ("contact", {"birth_date": "2026-02-30"}, "日期"),
        ("contact", {"role": "KING"}, "KING"),
        ("contact", {"name": ""}, "必填"),
        ("contact", {"name": "很" * 81}, "80"),
        ("contact", {"email": "a" * 121}, "120"),
        ("contact", {"phone": "139****0001"}, "field-error"),
        ("contact", {"member_number": "404"}, "没有该号码"),
        ("gift", {"on": "2026-03-03"}, "不能晚于今天"),
        ("gift", {"value_fen": "-1"}, "0"),
        ("gift", {"value_fen": "1.234"}, "2"),
        ("anniversary", {"calendar": "mayan"}, "mayan"),
        ("note", {"competitor": ""}, "竞争对手"),
        ("note", {"text": "长" * 2001}, "2000"),
        ("opinion", {"at": "2026-03-02T09:31"}, "不能晚于现在"),
        ("opinion", {"satisfaction": "6"}, "6"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(sign_in, manager, customers, kind, wrong, said):
    response = add(sign_in(manager), customers.own, kind, {**GOOD[kind], **wrong}, headers=HTMX)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert not MODELS[kind].objects.exists()


def test_formulas_and_scripts_stay_text(sign_in, manager, customers):
    client = sign_in(manager)
    for kind, field in (("contact", "hobbies"), ("note", "text"), ("opinion", "text")):
        add(client, customers.group, kind, {**GOOD[kind], field: EVIL})

    for panel in ("people", "notes", "opinions", "changes"):
        text = client.get(
            reverse(f"customers:{panel}_panel", args=[customers.group.pk])
        ).content.decode()
        assert "<script>alert" not in text
        assert "&lt;script&gt;" in text


def test_an_unknown_kind_is_not_there(sign_in, manager, customers):
    assert add(sign_in(manager), customers.own, "secret", {}).status_code == 404


def test_a_person_can_be_one_of_the_customers(sign_in, manager, customers):
    data = {**GOOD["contact"], "member_number": customers.own.number}

    add(sign_in(manager), customers.group, "contact", data)

    assert Contact.objects.get().member == customers.own


def test_a_person_out_of_reach_is_not_named(sign_in, manager, customers):
    data = {**GOOD["contact"], "member_number": customers.strangers.number}

    response = add(sign_in(manager), customers.group, "contact", data)

    assert response.status_code == 422


def test_a_masked_number_is_kept_when_another_field_is_corrected(sign_in, manager, customers):
    contact = ContactFactory(customer=customers.own, phone="13912340001")
    data = {
        **GOOD["contact"],
        "phone": "139****0001",
        "phone_shown": "139****0001",
        "birth_date": "****-03-20",
        "birth_date_shown": "****-03-20",
    }

    response = edit(sign_in(manager), contact, "contact", data, headers=HTMX)

    stored = Contact.objects.get()
    assert response.status_code == 200
    assert (stored.name, stored.phone.plain) == ("郭建国", "13912340001")
    assert stored.birth_date.plain == "1975-03-20"


def test_the_form_of_a_person_shows_no_plain_number(sign_in, manager, customers):
    contact = ContactFactory(customer=customers.own, phone="13912340001")
    url = reverse("customers:detail_edit", args=[customers.own.pk, "contact", contact.pk])

    text = sign_in(manager).get(url).content.decode()

    assert "139****0001" in text
    assert "13912340001" not in text
    assert "1975" not in text


def test_a_clash_is_shown_field_by_field_and_can_be_settled(
    sign_in, manager, colleague, customers
):
    contact = ContactFactory(customer=customers.own, position="科长", name="郭建国")
    client = sign_in(manager)
    Contact.objects.filter(pk=contact.pk).update(version=1)
    first = {**GOOD["contact"], "position": "处长"}
    edit(sign_in(manager), contact, "contact", first)

    refused = edit(client, contact, "contact", {**GOOD["contact"], "position": "局长"})
    settled = edit(
        client,
        contact,
        "contact",
        {**GOOD["contact"], "position": "局长", "version": "2", "choose_position": "yours"},
    )

    assert refused.status_code == 409
    assert "处长" in refused.content.decode()
    assert settled.status_code == 302
    assert Contact.objects.get().position == "局长"


def test_an_entry_is_removed_and_put_back(sign_in, manager, customers):
    contact = ContactFactory(customer=customers.own)
    arguments = [customers.own.pk, "contact", contact.pk]
    client = sign_in(manager)

    client.post(reverse("customers:detail_remove", args=arguments), headers=HTMX)
    removed = client.get(
        reverse("customers:removed_details", args=[customers.own.pk])
    ).content.decode()
    client.post(reverse("customers:detail_restore", args=arguments), headers=HTMX)

    assert contact.name in removed
    assert Contact.objects.get().removed_at is None


def test_an_entry_of_a_former_customer_stays_as_it_is(sign_in, supervisor, customers, at):
    contact = ContactFactory(customer=customers.own)
    Customer.objects.filter(pk=customers.own.pk).update(retained_at=at)
    client = sign_in(supervisor)

    edited = edit(client, contact, "contact", GOOD["contact"], headers=HTMX)
    client.post(
        reverse("customers:detail_remove", args=[customers.own.pk, "contact", contact.pk]),
        headers=HTMX,
    )

    assert edited.status_code == 422
    assert "保留档案" in edited.content.decode()
    assert Contact.objects.get().removed_at is None


def test_a_removed_customer_has_no_forms(sign_in, manager, customers, at):
    Customer.objects.filter(pk=customers.own.pk).update(removed_at=at)

    assert add(sign_in(manager), customers.own, "gift", GOOD["gift"]).status_code == 404


def test_habits_of_a_person_are_written_down_and_corrected(sign_in, manager, customers):
    url = reverse("customers:person_edit", args=[customers.own.pk])
    client = sign_in(manager)

    client.post(url, {"version": "1", "hobbies": "钓鱼"})
    client.post(url, {"version": "1", "hobbies": "钓鱼、书法", "email": "a@example.com"})

    person = PersonProfile.objects.get()
    assert (person.hobbies, person.version) == ("钓鱼、书法", 2)
    of_group = reverse("customers:person_edit", args=[customers.group.pk])
    assert client.get(of_group).status_code == 404


def test_own_fields_are_filled_in_by_their_type(sign_in, manager, customers):
    for key, holds in (
        ("words", FieldType.TEXT),
        ("many", FieldType.NUMBER),
        ("day", FieldType.DATE),
        ("choice", FieldType.CHOICE),
        ("yes", FieldType.YES_NO),
    ):
        CustomFieldFactory(key=key, type=holds, options=["强", "弱"])
    url = reverse("customers:fields_edit", args=[customers.own.pk])
    client = sign_in(manager)
    typed = {
        "version": "1",
        "custom_words": EVIL,
        "custom_many": "12.5",
        "custom_day": "2026-03-01",
        "custom_choice": "强",
        "custom_yes": "no",
    }

    response = client.post(url, typed, headers=HTMX)
    panel = client.get(reverse("customers:fields_panel", args=[customers.own.pk]))

    assert response.status_code == 200
    assert CustomValue.objects.count() == 5
    for said in ("12.5", "2026-03-01", "强", "否", "&lt;script&gt;"):
        assert said in panel.content.decode()


@pytest.mark.parametrize(
    ("holds", "typed"),
    [
        (FieldType.NUMBER, "一"),
        (FieldType.NUMBER, "1" * 20),
        (FieldType.DATE, "2026-02-30"),
        (FieldType.CHOICE, "不在其中"),
        (FieldType.TEXT, "长" * 501),
        (FieldType.TEXT, ""),
    ],
)
def test_an_own_field_refuses_what_it_cannot_hold(sign_in, manager, customers, holds, typed):
    CustomFieldFactory(key="one", type=holds, options=["强"], is_required=True)
    url = reverse("customers:fields_edit", args=[customers.own.pk])

    response = sign_in(manager).post(url, {"version": "1", "custom_one": typed})

    assert response.status_code == 422
    assert not CustomValue.objects.exists()


def test_an_option_that_was_withdrawn_stays_with_who_has_it(sign_in, manager, customers):
    field = CustomFieldFactory(key="one", type=FieldType.CHOICE, options=["弱"])
    CustomValue.objects.create(customer=customers.own, field=field, text="强")
    url = reverse("customers:fields_edit", args=[customers.own.pk])

    response = sign_in(manager).post(url, {"version": "1", "custom_one": "强"})

    assert response.status_code == 302
    assert CustomValue.objects.get().text == "强"


def test_a_clash_of_own_fields_is_shown(sign_in, manager, customers):
    CustomFieldFactory(key="one", label="内部编号")
    url = reverse("customers:fields_edit", args=[customers.own.pk])
    client = sign_in(manager)
    client.post(url, {"version": "1", "custom_one": "甲"})

    response = client.post(url, {"version": "1", "custom_one": "乙"})

    assert response.status_code == 409
    assert "内部编号" in response.content.decode()


def test_the_panels_show_what_was_written_down(sign_in, manager, customers):
    ContactFactory(customer=customers.group, role="LEADER", hobbies="围棋")
    AddressFactory(customer=customers.group, label="二号厂")
    AnniversaryFactory(customer=customers.group, title="投产纪念", on=date(1996, 3, 10))
    GiftFactory(customer=customers.group, what="纪念钢笔", value_fen=26_000)
    MarketNoteFactory(customer=customers.group, competitor="友商乙")
    OpinionFactory(customer=customers.group, text="账单清楚", satisfaction=5)
    client = sign_in(manager)
    said = {
        "people": ("围棋", "单位领导", "139****0001", "2026-03-20"),
        "addresses": ("二号厂", "滨海市西城区"),
        "days": ("投产纪念", "2026-03-10", "30周年", "8天后"),
        "gifts": ("纪念钢笔", "260.00元"),
        "notes": ("友商乙", "专线报价低两成"),
        "opinions": ("账单清楚", "非常满意"),
    }

    for panel, words in said.items():
        url = reverse(f"customers:{panel}_panel", args=[customers.group.pk])
        text = client.get(url).content.decode()
        for word in words:
            assert word in text, (panel, word)
        assert "工业园路12号" not in text


def test_who_may_not_edit_sees_no_buttons(sign_in, province_analyst, customers):
    ContactFactory(customer=customers.group)

    for panel in ("people", "days", "addresses", "gifts", "notes", "opinions", "fields"):
        url = reverse(f"customers:{panel}_panel", args=[customers.group.pk])
        text = sign_in(province_analyst).get(url).content.decode()
        assert "/details/" not in text
        assert "/edit/" not in text


def test_a_persons_number_is_revealed_with_a_trace(sign_in, manager, customers):
    contact = ContactFactory(customer=customers.group, phone="13912340001")
    url = reverse("people:reveal", args=["customers.contact", contact.pk])
    asked = {"value": "phone", "purpose": "CONTACT"}

    response = sign_in(manager).post(url, asked, headers=HTMX)

    trace = Access.objects.get(verb="REVEALED")
    assert "13912340001" in response.content.decode()
    assert (trace.subject_id, trace.detail) == (customers.group.pk, f"phone contact {contact.pk}")


def test_neither_a_strangers_nor_a_removed_person_is_revealed(sign_in, manager, customers, at):
    strange = ContactFactory(customer=customers.strangers)
    removed = ContactFactory(customer=customers.group, removed_at=at)
    browser = sign_in(manager)

    for contact in (strange, removed):
        url = reverse("people:reveal", args=["customers.contact", contact.pk])
        response = browser.post(url, {"value": "phone", "purpose": "CONTACT"}, headers=HTMX)
        assert response.status_code == 404
    assert not Access.objects.filter(verb="REVEALED").exists()


@pytest.mark.parametrize(
    "panel", ["people", "days", "addresses", "gifts", "notes", "opinions", "fields", "credit"]
)
def test_a_panel_takes_a_constant_number_of_queries(
    sign_in, manager, customers, panel, django_assert_max_num_queries, django_assert_num_queries
):
    def grow():
        for factory in (
            ContactFactory, AddressFactory, AnniversaryFactory, GiftFactory, MarketNoteFactory,
            OpinionFactory,
        ):  # fmt: skip
            factory.create_batch(3, customer=customers.group)

    url = reverse(f"customers:{panel}_panel", args=[customers.group.pk])
    client = sign_in(manager)
    grow()
    with django_assert_max_num_queries(9) as few:
        client.get(url)
    grow()

    with django_assert_num_queries(len(few.captured_queries)):
        client.get(url)


def test_people_stand_in_a_chart_and_nobody_reports_to_somebody_below(sign_in, manager, customers):
    group = GroupFactory(manager=manager, unit=manager.unit)
    head = ContactFactory(customer=group, name="周总")
    chief = ContactFactory(customer=group, name="吴主任", superior=head)
    stranger = ContactFactory(customer=customers.own)
    client = sign_in(manager)
    shown = client.get(reverse("customers:people_panel", args=[group.pk])).content.decode()
    form = {**GOOD["contact"], "name": "周总", "role": "LEADER"}

    told = [
        edit(client, head, "contact", {**form, "superior": each.pk}, headers=HTMX)
        for each in (chief, head, stranger)
    ]

    assert shown.index("周总") < shown.index("汇报关系") < shown.rindex("吴主任")
    assert [each.status_code for each in told] == [422, 422, 422]
    assert "已经向" in told[0].content.decode()
    head.refresh_from_db()
    assert head.superior is None
