"""The work log on screen: written, corrected, taken out, counted, within reach (P9, P10)."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook
from tests.factories.work import category, make_work

from dakehu.worklist.models import WorkCategory, WorkEntry

LOG = "/todos/log/"


@pytest.fixture
def log(people, customers):
    """Three entries of the manager, one of a colleague, one of a stranger."""
    now = timezone.now()
    call = category("电话沟通", "Telephone call")
    return [
        make_work(people.manager, at=now, customer=customers.own, text="走访港务集团"),
        make_work(people.manager, at=now, category=call, minutes=None, text="回电"),
        make_work(people.manager, at=now - timedelta(days=400), text="去年的走访"),
        make_work(people.colleague, at=now, text="同事的走访"),
        make_work(people.stranger, at=now, text="别市的走访"),
    ]


def read(client, **query):
    response = client.get(LOG, query)
    assert response.status_code == 200
    return response.content.decode()


def test_one_writes_down_corrects_takes_out_and_brings_back(sign_in, people, customers):
    client = sign_in(people.manager)
    sent = {
        "version": 1,
        "category": category().pk,
        "at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        "customer_number": customers.own.number,
        "minutes": 45,
        "text": "<script>alert(1)</script> =1+1",
    }

    client.post(reverse("worklist:log_add"), sent)

    entry = WorkEntry.objects.get()
    assert (entry.staff, entry.unit, entry.customer) == (
        people.manager,
        people.manager.unit,
        customers.own,
    )
    page = client.get(reverse("worklist:log_entry", args=[entry.pk])).content.decode()
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    edit = reverse("worklist:log_edit", args=[entry.pk])
    client.post(edit, {**sent, "minutes": 60, "customer_number": ""})
    entry.refresh_from_db()
    assert (entry.minutes, entry.customer, entry.version) == (60, None, 2)
    assert client.post(edit, {**sent, "minutes": 90}).status_code == 409
    client.post(reverse("worklist:log_remove", args=[entry.pk]))
    assert str(entry) not in read(client, view=0)
    client.post(reverse("worklist:log_restore"), {"ids": [entry.pk]})
    assert WorkEntry.objects.present().get() == entry


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("at", "2999-01-01T08:00", "未来"),
        ("at", "2001-01-01T08:00", "一年前"),
        ("minutes", "1441", "1440"),
        ("minutes", "0", "1"),
        ("customer_number", "没有", "数据范围"),
        ("text", "", "必填"),
    ],
)
def test_what_cannot_be_is_refused_at_its_input(sign_in, people, field, value, words):
    sent = {
        "version": 1,
        "category": category().pk,
        "at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        "text": "走访",
        field: value,
    }

    answer = sign_in(people.manager).post(reverse("worklist:log_add"), sent)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not WorkEntry.objects.exists()


def test_the_log_opens_with_ones_own_month_counted_by_class(sign_in, people, log):
    client = sign_in(people.manager)

    opened = client.get(LOG)
    page = client.get(opened.url)

    tallies = page.context["tallies"]
    assert opened.url.endswith("?staff=me&period=month")
    counted = [(tally.title, tally.count, tally.minutes) for tally in tallies.classes]
    assert sorted(counted) == [("客户走访", 1, 40), ("电话沟通", 1, 0)]
    assert tallies.people == []
    for tally in tallies.classes:
        listed = client.get(LOG + tally.url).context["page"]
        assert listed.total.number == tally.count


def test_a_manager_takes_their_own_log_away_and_nobody_elses(sign_in, people, log):
    workbook = sign_in(people.manager).get(LOG, {"export": "xlsx"})

    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(workbook.streaming_content)))
    rows = book.get_sheet_by_index(0).to_python()
    told = {text for row in rows for text in row if isinstance(text, str)}
    assert {"走访港务集团", "回电", "去年的走访"} <= told
    assert not {"同事的走访", "别市的走访"} & told


def test_a_supervisor_reads_those_of_the_unit_counted_by_person_and_changes_none(
    sign_in, people, log, django_assert_max_num_queries
):
    client = sign_in(people.supervisor)

    with django_assert_max_num_queries(25):
        page = client.get(LOG, {"period": "month"})

    text = page.content.decode()
    assert "同事的走访" in text
    assert "别市的走访" not in text
    people_counted = {tally.title: tally.count for tally in page.context["tallies"].people}
    assert people_counted == {people.manager.name: 2, people.colleague.name: 1}
    entry = log[0].pk
    assert (
        "log_edit" not in client.get(reverse("worklist:log_entry", args=[entry])).content.decode()
    )
    assert client.post(reverse("worklist:log_remove", args=[entry])).status_code == 404
    workbook = client.get(LOG, {"export": "xlsx"})
    assert b"".join(workbook.streaming_content).startswith(b"PK")


def test_a_customer_shows_what_was_done_in_panel_and_timeline(sign_in, people, customers, log):
    client = sign_in(people.supervisor)
    pk = customers.own.pk

    panel = client.get(reverse("worklist:work_panel", args=[pk])).content.decode()
    line = client.get(reverse("desk:customer_timeline", args=[pk]), {"kind": "work"})

    assert "走访港务集团" in panel
    assert "走访港务集团" in line.content.decode()


def test_writing_down_on_a_customers_page_renews_its_panels(sign_in, people, customers):
    url = reverse("worklist:log_add") + f"?customer={customers.own.pk}"
    client = sign_in(people.manager)

    form = client.get(url, headers={"HX-Request": "true"}).content.decode()
    sent = {
        "version": 1,
        "category": category().pk,
        "at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        "customer_number": customers.own.number,
        "text": "走访",
    }
    answer = client.post(url, sent, headers={"HX-Request": "true"})

    assert f'value="{customers.own.number}"' in form
    assert "panel-work-changed" in answer.headers["HX-Trigger"]


def test_classes_are_added_renamed_and_offered_no_more(sign_in, administrator, people, log):
    client = sign_in(administrator)
    visit = category()

    client.post(reverse("worklist:category_add"), {"version": 1, "name": "驻点", "name_en": "On"})
    again = client.post(reverse("worklist:category_add"), {"version": 1, "name": "驻点"})
    client.post(reverse("worklist:category_retire", args=[visit.pk]))

    assert WorkCategory.objects.filter(name="驻点").count() == 1
    assert again.status_code == 422
    manager = sign_in(people.manager)
    form = manager.get(reverse("worklist:log_add")).content.decode()
    assert "驻点" in form
    assert "客户走访" not in form
    own = manager.get(reverse("worklist:log_edit", args=[log[0].pk])).content.decode()
    assert "客户走访" in own
    client.post(reverse("worklist:category_restore", args=[visit.pk]))
    assert "客户走访" in manager.get(reverse("worklist:log_add")).content.decode()
