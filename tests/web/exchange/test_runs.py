"""Runs: the list, and one run's page, live while it runs."""

import pytest
from tests.factories.exchange import DeliveryFactory, RunFactory, StepFactory

from dakehu.exchange.jobs.tally import Tally


def url_of(run):
    return f"/exchange/runs/{run.pk}/"


def test_the_list_shows_kind_state_and_length(sign_in, supervisor, people):
    RunFactory(kind="LOAD", state="FAILED", error="磁盘已满")

    text = sign_in(supervisor).get("/exchange/runs/").content.decode()

    for shown in ("历史数据加载", "失败", "2026-03-01"):
        assert shown in text


def test_a_running_run_asks_again_every_two_seconds(sign_in, supervisor, people):
    run = RunFactory(state="RUNNING", ended_at=None)
    StepFactory(run=run, state="RUNNING", ended_at=None, done=30, total=120)

    response = sign_in(supervisor).get(url_of(run))

    text = response.content.decode()
    assert f'hx-get="{url_of(run)}" hx-trigger="every 2s"' in text
    assert [line.percent for line in response.context["page"].steps] == [25]


def test_the_answer_to_the_asking_is_the_progress_alone(sign_in, supervisor, people):
    run = RunFactory(state="RUNNING", ended_at=None)

    response = sign_in(supervisor).get(url_of(run), headers={"HX-Request": "true"})

    assert response.content.decode().lstrip().startswith('<div id="exchange-run"')


def test_a_run_that_is_over_asks_no_more_and_shows_its_summary(sign_in, supervisor, people):
    tally = Tally()
    tally.deliveries["taken"] = 16
    tally.alerts["opened"] = 1234
    run = RunFactory(summary={"run": 1, **tally.as_summary()})
    StepFactory(run=run, rows_in=1_000_000, peak_kb=2_097_152)

    text = sign_in(supervisor).get(url_of(run)).content.decode()

    assert "every 2s" not in text
    for shown in ("1,234", "1,000,000", "2,048"):
        assert shown in text


def test_what_stopped_a_run_is_shown(sign_in, supervisor, people):
    run = RunFactory(state="FAILED", error="数据库无法写入")

    assert "数据库无法写入" in sign_in(supervisor).get(url_of(run)).content.decode()


@pytest.mark.parametrize(
    ("part", "shown"), [("supervisor", ["01"]), ("administrator", ["02", "01"])]
)
def test_a_run_shows_the_deliveries_within_reach(sign_in, people, part, shown):
    run = RunFactory()
    DeliveryFactory(run=run)
    DeliveryFactory(run=run, city_code="02")

    response = sign_in(getattr(people, part)).get(url_of(run))

    assert [each.city_code for each in response.context["page"].deliveries] == shown


def test_the_number_of_queries_does_not_grow_with_steps(
    sign_in, supervisor, people, django_assert_max_num_queries
):
    run = RunFactory()
    for number in range(10):
        StepFactory(run=run, position=number)
        DeliveryFactory(run=run, send=number)
    browser = sign_in(supervisor)
    browser.get(url_of(run))

    with django_assert_max_num_queries(8):
        browser.get(url_of(run))
