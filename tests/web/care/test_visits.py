"""Visits on screen: planned from a customer, seen in the agenda, recorded on a phone (G6)."""

from datetime import time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook
from tests.factories.care import make_visit
from tests.factories.imports import Importer, complaints
from tests.factories.sheets import workbook

from dakehu.care.models import Visit


@pytest.fixture
def now():
    return timezone.now()


def test_a_visit_is_planned_found_in_the_agenda_and_recorded(sign_in, people, customers, home):
    client = sign_in(people.manager)
    asked = client.post(reverse("care:visit_new"), {"number": customers.own.number})
    today = timezone.localdate()
    sent = {
        "version": 0,
        "day": today.isoformat(),
        "time": "00:00",
        "minutes": 45,
        "purpose": "CARE",
        "about": "<b>季度走访</b>",
        "meeting_place": "三楼会议室",
        "afterwards": "临时约见",
    }

    client.post(asked.headers["Location"], sent)

    visit = Visit.objects.get()
    agenda = client.get(reverse("care:agenda")).content.decode()
    assert "&lt;b&gt;季度走访" in agenda
    assert "约定时间" in agenda
    record = reverse("care:visit_record", args=[visit.pk])
    assert "三楼会议室" in client.get(record).content.decode()
    told = {
        "happened_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        "minutes": 45,
        "place": "三楼会议室",
        "result": "REACHED",
        "report": "已沟通",
    }
    answer = client.post(record, told, follow=True)
    assert "已登记" in answer.content.decode()
    visit.refresh_from_db()
    assert visit.state == "DONE"


def test_what_is_wrong_stands_at_its_input(sign_in, people, customers, home, now):
    visit = make_visit(customers.own, people.manager, at=now)
    ahead = timezone.localtime(now + timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M")
    told = {
        "happened_at": ahead,
        "minutes": 45,
        "place": "门口",
        "result": "REACHED",
        "report": "x",
    }
    client = sign_in(people.manager)
    record = reverse("care:visit_record", args=[visit.pk])

    future = client.post(record, told)
    no_photo = client.post(
        record,
        told
        | {
            "happened_at": timezone.localtime(now).strftime("%Y-%m-%dT%H:%M"),
            "photo": SimpleUploadedFile("a.png", b"MZ no picture"),
        },
    )

    assert future.status_code == no_photo.status_code == 422
    assert 'id="record_happened_at_error"' in future.content.decode()
    assert 'id="record_photo_error"' in no_photo.content.decode()


def test_a_superior_looks_at_the_week_of_a_manager_and_a_stranger_does_not(
    sign_in, people, customers, now
):
    make_visit(customers.own, people.manager, at=now, about="专线扩容")
    query = {"staff": people.manager.pk, "span": "week"}
    address = reverse("care:agenda")

    assert "专线扩容" in sign_in(people.supervisor).get(address, query).content.decode()
    assert sign_in(people.stranger).get(address, query).status_code == 404
    assert sign_in(people.colleague).get(address, query).status_code == 404
    nonsense = sign_in(people.manager).get(address, {"day": "0000-99-99", "span": "year"})
    assert nonsense.status_code == 200


def test_the_panel_of_a_customer_names_the_next_and_the_last_visit(
    sign_in, people, customers, now
):
    address = reverse("care:visit_panel", args=[customers.own.pk])
    client = sign_in(people.manager)
    assert "还没有走访" in client.get(address).content.decode()

    make_visit(customers.own, people.manager, at=now, about="下季度计划")

    shown = client.get(address).content.decode()
    assert "下季度计划" in shown
    assert reverse("care:visit_new") in shown

    customers.own.retained_at = now
    customers.own.save(update_fields=["retained_at"])

    assert reverse("care:visit_new") not in client.get(address).content.decode()


def test_list_and_agenda_ask_the_same_number_of_queries_however_many(
    sign_in, people, customers, now, django_assert_max_num_queries
):
    client = sign_in(people.manager)
    make_visit(customers.own, people.manager, at=now)
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(40) as asked:
            client.get(reverse("care:visit_list"))
            client.get(reverse("care:agenda"))
        counts.append(len(asked))
        for hour in range(9, 13):
            make_visit(customers.own, people.manager, at=now, time=time(hour))

    assert counts[0] == counts[1]


def test_plans_come_in_and_the_list_goes_out_and_comes_back(
    sign_in, people, customers, at, finish_work, home, tmp_path
):
    importer = Importer(people.administrator, at, finish_work)
    day = timezone.localdate() + timedelta(days=3)
    rows = [
        ("客户编号", "日期", "约定时间", "走访目的", "走访主题", "人员"),
        (
            customers.own.number,
            day.isoformat(),
            "9:30",
            "例行走访",
            "专线扩容",
            people.manager.username,
        ),
        (customers.group.number, "2020-01-01", "", "例行走访", "太早", ""),
        (customers.colleagues.number, day.isoformat(), "25:00", "例行走访", "时间错", ""),
    ]

    run = importer.bring_in("visits", workbook(rows))

    visit = Visit.objects.get()
    assert (visit.day, visit.time, visit.staff) == (day, time(9, 30), people.manager)
    assert {line: field for line, [(field, _words)] in complaints(run).items()} == {
        3: "day",
        4: "time",
    }
    assert importer.check("visits", workbook(rows[:2])).unchanged == 1
    client = sign_in(people.supervisor)
    export = client.get(reverse("care:visit_list"), {"export": "xlsx"})
    path = tmp_path / "visits.xlsx"
    path.write_bytes(b"".join(export.streaming_content))
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert any("专线扩容" in str(row) for row in rows)
