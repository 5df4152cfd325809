"""The delivery monitor: who delivered what when, as a map and as a table, within one's reach."""

from datetime import timedelta

import pytest
from tests.factories.exchange import DAY, NIGHT, DeliveryFactory, RunFactory

URL = "/exchange/"


@pytest.fixture
def week(people):
    """A night; city 01 in time, late, in part and refused, city 02 only on an earlier day."""
    night = RunFactory()
    return {
        "taken": DeliveryFactory(run=night),
        "late": DeliveryFactory(run=night, day=DAY - timedelta(days=5)),
        "partly": DeliveryFactory(
            run=night, state="PARTLY", day=DAY - timedelta(days=1), taken_at=NIGHT
        ),
        "refused": DeliveryFactory(run=night, state="REFUSED", day=DAY - timedelta(days=2)),
        "other": DeliveryFactory(run=night, city_code="02", day=DAY - timedelta(days=1)),
    }


def cells(response, city):
    """Return the states of a city by day."""
    page = response.context["page"]
    row = next(row for row in page.rows if row.code == city)
    return {cell.day: cell.state.name for cell in row.cells if cell.state.name != "MISSING"}


def test_every_city_and_day_has_a_cell_with_its_state(sign_in, administrator, week):
    response = sign_in(administrator).get(URL)

    assert cells(response, "01") == {
        DAY: "TAKEN",
        DAY - timedelta(days=1): "PARTLY",
        DAY - timedelta(days=2): "REFUSED",
        DAY - timedelta(days=5): "LATE",
    }
    assert cells(response, "02") == {DAY - timedelta(days=1): "LATE"}


def test_who_has_not_delivered_the_newest_day_is_named(sign_in, administrator, week):
    response = sign_in(administrator).get(URL)

    assert [row.name for row in response.context["page"].missing] == ["山城市"]
    assert "2026-03-01：2 个地市中 1 个已上传" in response.content.decode()


def test_a_cell_leads_to_its_delivery_and_says_its_state_in_words(sign_in, administrator, week):
    text = sign_in(administrator).get(URL).content.decode()

    assert f'href="/exchange/deliveries/{week["partly"].pk}/"' in text
    assert "部分接收" in text


def test_a_refused_send_does_not_hide_what_was_taken(sign_in, administrator, week):
    DeliveryFactory(run=week["taken"].run, state="REFUSED", fingerprint="r" * 64)

    response = sign_in(administrator).get(URL)

    assert cells(response, "01")[DAY] == "TAKEN"


def test_history_is_never_late(sign_in, administrator, people):
    loading = RunFactory(kind="LOAD")
    DeliveryFactory(run=loading, day=DAY - timedelta(days=9))

    response = sign_in(administrator).get(URL, {"until": (DAY - timedelta(days=9)).isoformat()})

    assert set(cells(response, "01").values()) == {"TAKEN"}


def test_a_supervisor_sees_the_own_city_only(sign_in, supervisor, week):
    response = sign_in(supervisor).get(URL)

    assert [row.code for row in response.context["page"].rows] == ["01"]
    assert "山城市" not in response.content.decode()


def test_earlier_weeks_can_be_reached_and_later_ones_again(sign_in, administrator, week):
    browser = sign_in(administrator)
    newest = browser.get(URL).context["page"]

    before = browser.get(URL, {"until": newest.earlier.isoformat()}).context["page"]

    assert before.last == newest.earlier
    assert before.later == newest.last


def test_an_address_without_sense_shows_the_newest_weeks(sign_in, administrator, week):
    page = sign_in(administrator).get(URL, {"until": "tomorrow"}).context["page"]

    assert page.last == DAY


def test_a_fresh_installation_says_what_to_expect(sign_in, administrator):
    from dakehu.people.models import Staff, Unit

    Staff.objects.exclude(pk=administrator.pk).delete()
    Unit.objects.filter(kind="DISTRICT").delete()
    Unit.objects.filter(kind="CITY").delete()

    text = sign_in(administrator).get(URL).content.decode()

    assert "尚无地市上传" in text


def test_htmx_gets_the_map_alone(sign_in, administrator, week):
    text = sign_in(administrator).get(URL, headers={"HX-Request": "true"}).content.decode()

    assert text.lstrip().startswith('<div id="exchange-monitor"')


def test_the_number_of_queries_does_not_grow_with_cities(
    sign_in, administrator, week, django_assert_max_num_queries
):
    browser = sign_in(administrator)
    browser.get(URL)

    with django_assert_max_num_queries(9):
        browser.get(URL)
