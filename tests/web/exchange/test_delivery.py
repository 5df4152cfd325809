"""One delivery: verdicts in words, what adds up, the city's figures, receipt and rejected rows."""

import csv
import io

import pytest
from python_calamine import CalamineWorkbook
from tests.factories.exchange import (
    CityStatFactory,
    DeliveryFactory,
    FileFactory,
    InterfaceFactory,
)

from dakehu.audit.models import Access
from dakehu.exchange.models import LivePartition
from dakehu.facts.engine import EngineLimits, connect
from dakehu.facts.store import FactStore, Partition


@pytest.fixture
def delivery(people, home):
    """A delivery of city 01 with one file, three of whose rows were rejected."""
    delivery = DeliveryFactory()
    FileFactory(delivery=delivery)
    InterfaceFactory(delivery=delivery)
    return delivery


@pytest.fixture
def rejected(delivery, home):
    """The rejected rows that the night kept."""
    folder = home / "rejected" / "01" / "20260301"
    folder.mkdir(parents=True)
    with open(folder / "rejected_usage_01_20260301_00.csv", "w", encoding="utf-8") as file:
        lines = csv.writer(file)
        lines.writerow(("file", "line", "reason", "detail", "raw"))
        lines.writerow(("usage_01_20260301_001.csv.gz", 5, "negative", "sms_out", "=1+1,13800"))
    return folder


def url_of(delivery, rest=""):
    return f"/exchange/deliveries/{delivery.pk}/{rest}"


def test_files_are_shown_with_their_verdicts_in_words(sign_in, supervisor, delivery):
    FileFactory(
        delivery=delivery,
        name="month_01_20260301_001.csv.gz",
        interface="month",
        state="REFUSED",
        refusal={"code": "rows_differ", "parameters": {"expected": 10, "found": 9}},
        reasons={},
    )

    text = sign_in(supervisor).get(url_of(delivery)).content.decode()

    assert "校验文件列出 10 行，实际为 9 行。" in text
    assert "负数 × 2" in text
    assert "核对一致" in text


def test_what_does_not_add_up_is_said(sign_in, supervisor, delivery):
    InterfaceFactory(delivery=delivery, interface="month", created=1)

    text = sign_in(supervisor).get(url_of(delivery)).content.decode()

    assert "核对不一致" in text


def test_a_delivery_refused_whole_says_why(sign_in, supervisor, people, home):
    refused = DeliveryFactory(
        state="REFUSED",
        send=1,
        refusal={"code": "send_reused", "parameters": {"send": "01", "next": "02"}},
    )

    text = sign_in(supervisor).get(url_of(refused)).content.decode()

    assert "请将本次内容以批次 02 重传" in text


def test_the_citys_own_figures_stand_beside_what_was_counted(sign_in, supervisor, delivery, home):
    store = FactStore(home)
    partition = Partition("usage", delivery.day, "01", "r1n1", 2)
    folder = store.folder("usage", day=delivery.day, city="01")
    folder.mkdir(parents=True)
    with connect(EngineLimits(temp_directory=home / "work")) as engine:
        engine.execute(
            "COPY (SELECT range AS sub_id, 0 AS status, 60 AS voice_onnet_s, "
            "0 AS voice_offnet_s, 0 AS voice_fixed_s, 7 AS data_kb, 0 AS charge_fen, "
            f"0 AS recharge_fen FROM range(2)) TO '{store.path(partition, 'rest')}'"
        )
    LivePartition.objects.create(
        interface="usage",
        day=delivery.day,
        city_code="01",
        version="r1n1",
        rows=2,
        delivery=delivery,
    )
    CityStatFactory(value=3)
    CityStatFactory(stat_code="VOICE_SECONDS", value=120)
    CityStatFactory(dimension="全球通", value=1)

    figures = sign_in(supervisor).get(url_of(delivery)).context["page"].figures

    assert [(each.code, each.said, each.counted, each.differs) for each in figures] == [
        ("SUBSCRIBERS", 3, 2, True),
        ("SUBSCRIBERS", 1, None, False),
        ("VOICE_SECONDS", 120, 120, False),
    ]


def test_other_sends_of_the_day_are_linked(sign_in, supervisor, delivery):
    again = DeliveryFactory(send=1, run=delivery.run)

    text = sign_in(supervisor).get(url_of(delivery)).content.decode()

    assert f'href="{url_of(again)}"' in text


def test_a_delivery_of_another_city_is_not_there(sign_in, supervisor, people, home):
    other = DeliveryFactory(city_code="02")

    browser = sign_in(supervisor)

    assert browser.get(url_of(other)).status_code == 404
    assert browser.get(url_of(other, "receipt/")).status_code == 404


def test_the_receipt_can_be_downloaded_under_its_name(sign_in, supervisor, delivery):
    response = sign_in(supervisor).get(url_of(delivery, "receipt/"))

    assert response.json()["send"] == "00"
    assert 'filename="receipt_01_20260301_00.json"' in response["Content-Disposition"]


def test_rejected_rows_become_a_workbook_and_the_taking_is_recorded(
    sign_in, administrator, delivery, rejected
):
    response = sign_in(administrator).get(url_of(delivery, "rejected/usage/"))

    content = io.BytesIO(b"".join(response.streaming_content))
    rows = CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python()
    assert rows[-1][1:] == [5.0, "negative", "负数", "sms_out", "=1+1,13800"]
    assert Access.objects.filter(verb="EXPORTED", detail__startswith="exchange:rejected").exists()


def test_rejected_rows_are_not_for_those_who_may_only_look(
    sign_in, supervisor, delivery, rejected
):
    browser = sign_in(supervisor)

    assert browser.get(url_of(delivery, "rejected/usage/")).status_code == 403
    assert "rejected/usage" not in browser.get(url_of(delivery)).content.decode()


@pytest.mark.parametrize("interface", ["month", "subscriber", "usage-2"])
def test_an_interface_that_the_delivery_has_not_is_not_there(
    sign_in, administrator, delivery, rejected, interface
):
    response = sign_in(administrator).get(url_of(delivery, f"rejected/{interface}/"))

    assert response.status_code == 404


def test_the_number_of_queries_does_not_grow_with_files(
    sign_in, supervisor, delivery, django_assert_max_num_queries
):
    browser = sign_in(supervisor)
    for number in range(20):
        FileFactory(delivery=delivery, name=f"usage_01_20260301_{number:03d}.csv.gz")
    browser.get(url_of(delivery))

    with django_assert_max_num_queries(13):
        browser.get(url_of(delivery))


def test_the_list_shows_the_deliveries_within_reach_and_can_be_narrowed(sign_in, people, delivery):
    DeliveryFactory(city_code="02", state="PARTLY")

    own = sign_in(people.supervisor).get("/exchange/deliveries/").content.decode()
    partly = sign_in(people.administrator).get("/exchange/deliveries/", {"state": "PARTLY"})

    assert own.count("2026-03-01") >= 1
    assert "山城市" not in own
    assert [line.cells[1].content for line in partly.context["page"].lines] == ["山城市"]
