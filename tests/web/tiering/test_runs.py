"""Evaluations on demand: in the background, with progress, safe from being cut short."""

from datetime import date

import pytest
from django.urls import reverse
from tests.factories.worlds import group_of, world_at

from dakehu.tiering.models import Evaluation, EvaluationRun, Standing
from dakehu.tiering.operations import asking, running
from dakehu.tiering.queries.schemes import get_scheme

DAY, APRIL = date(2026, 3, 5), date(2026, 4, 7)
ASK = reverse("tiering:evaluate", args=["group-abc"])


@pytest.fixture
def group(home, people):
    """A group that was evaluated twice already."""
    with world_at(home) as world:
        for day in (DAY, APRIL):
            world.deliver_groups(day, {"G1": {"tax_rank": "60"}})
        yield group_of("G1", people.manager)


def test_a_run_is_shown_while_it_goes_on_and_says_what_it_changed(
    group, people, sign_in, finish_work, at, django_assert_max_num_queries
):
    running.evaluate(get_scheme("group-abc"), day=APRIL, by=None, at=at)
    browser = sign_in(people.operations_center)
    url = browser.post(ASK, {"day": DAY.isoformat()}).url
    run = EvaluationRun.objects.get()
    assert url == reverse("tiering:run", args=[run.pk])
    assert run.days == ["2026-03-05", "2026-04-07"]
    assert "every 1s" in browser.get(url).content.decode()
    refused = browser.post(ASK, {"day": ""}, follow=True).content.decode()
    assert "正在定级" in refused

    finish_work()
    with django_assert_max_num_queries(16):
        page = browser.get(url).content.decode()

    assert "every 1s" not in page
    assert "2026-04-07" in page
    run.refresh_from_db()
    assert (run.state, run.done, run.customers) == ("DONE", 4, 1)
    assert Standing.objects.get(customer=group).level.name == "A1"
    assert Evaluation.objects.count() == 2
    assert "2026-03-05 + 1" in browser.get(reverse("tiering:runs")).content.decode()


def test_a_run_cut_short_goes_on_with_the_day_it_was_at(group, people, at, monkeypatch):
    scheme = get_scheme("group-abc")
    running.evaluate(scheme, day=APRIL, by=None, at=at)
    run = asking.ask_run(scheme=scheme, day=DAY, by=people.operations_center, at=at)
    evaluate_day = asking.evaluate_day

    def torn(rule_set, *, day, step, **told):
        if day == APRIL:
            step()
            raise SystemExit
        return evaluate_day(rule_set, day=day, step=step, **told)

    monkeypatch.setattr(asking, "evaluate_day", torn)
    with pytest.raises(SystemExit):
        asking.carry_out(run, now=lambda: at)
    run.refresh_from_db()
    assert (run.state, run.done) == ("RUNNING", 3)

    days = []

    def counted(rule_set, *, day, **told):
        days.append(day)
        return evaluate_day(rule_set, day=day, **told)

    monkeypatch.setattr(asking, "evaluate_day", counted)
    asking.carry_out(run, now=lambda: at)

    run.refresh_from_db()
    assert days == [APRIL]
    assert (run.state, run.done) == ("DONE", 4)


@pytest.mark.parametrize("day", ["2027-01-01", "1999-01-01"])
def test_a_day_that_cannot_be_evaluated_is_refused_at_once(group, people, sign_in, day):
    answer = sign_in(people.operations_center).post(ASK, {"day": day})

    assert answer.url == reverse("tiering:scheme", args=["group-abc"])
    assert not EvaluationRun.objects.exists()
