"""Trials on screen: asking for one, its progress, its figures and the lists behind them."""

import pytest
import time_machine
from django.urls import reverse
from tests.conftest import AT
from tests.factories.alerts import DAY, AlertFactory

from dakehu.alerts import operations
from dakehu.alerts.choices import TrialKind, TrialState
from dakehu.alerts.models import Trial
from dakehu.alerts.rules.backtesting import DIALS, JUDGED, TOGETHER, Hindsight, Tally
from dakehu.alerts.values import CODES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning():
    """The morning of 2 March 2026."""
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def keeper(people, sign_in):
    """A browser of the operations center, in English."""
    return sign_in(people.operations_center, headers={"accept-language": "en"})


def trial_of(kind, people, first=DAY):
    wish = operations.Wish(kind, 1, first, DAY, 30)
    return operations.ask_for_trial(wish=wish, by=people.operations_center, at=AT)


def result_of_backtest():
    """A back-test in which every warning was right in one of four."""
    found = Hindsight(days=3, judged_days=2, horizon=30, pairs=1_000)
    found.chances, found.events = dict.fromkeys(JUDGED, 100), dict.fromkeys(JUDGED, 10)
    keys = [*CODES, TOGETHER]
    for code in keys:
        found.rules[code] = tally()
    for dial in DIALS:
        for value in dial.values:
            found.dials[dial.rule, value] = tally()
    return {**found.plain(), "managers": 2, "last": DAY.isoformat()}


def tally():
    leads = {name: [0, 0, 1, *[0] * 28] for name in JUDGED}
    counts = dict.fromkeys(JUDGED, 1)
    return Tally(opened=8, judged=4, by_day=[3, 5], hits=counts, leads=leads, named=counts)


def test_a_preview_is_asked_for_and_its_page_says_how_far_it_is(keeper, people, customers):
    AlertFactory(customer=customers.own)

    answer = keeper.post(reverse("alerts:trial_preview", args=[1]))

    trial = Trial.objects.get()
    assert answer.url == reverse("alerts:trial", args=[trial.pk])
    assert (trial.kind, trial.last_day) == (TrialKind.PREVIEW, DAY)
    operations.begin_trial(trial)
    operations.note_progress(trial, done=1, wanted=4)
    page = keeper.get(answer.url).content.decode()
    assert "25 %" in page
    assert 'hx-trigger="every 2s"' in page


def test_every_figure_of_a_preview_is_the_length_of_its_list(keeper, people, customers):
    trial = trial_of(TrialKind.PREVIEW, people)
    found = [
        (customers.own.number, "W01", "NEW", 3, 3),
        (customers.own.number, "W04", "SAME", 3, 3),
        (customers.colleagues.number, "W01", "GONE", 3, 3),
        (customers.unowned.number, "W01", "NEW", 3, 3),
    ]
    counts = operations.keep_found(trial, found)
    operations.finish_trial(trial, result={"rules": counts}, at=AT)

    page = keeper.get(reverse("alerts:trial", args=[trial.pk])).context["preview"]

    assert (page.total.before, page.total.raised, page.total.new, page.total.gone) == (2, 3, 2, 1)
    for line in (page.total, *page.rules, *page.units, *page.managers):
        for change, count in (("RAISED", line.raised), ("NEW", line.new), ("GONE", line.gone)):
            listed = keeper.get(f"{line.url}&change={change}").context["page"].lines
            assert len(listed) == count, (line.url, change)


def test_a_back_test_shows_precision_recall_lift_lead_and_load(keeper, people):
    trial = trial_of(TrialKind.BACKTEST, people)
    operations.finish_trial(trial, result=result_of_backtest(), at=AT)

    answer = keeper.get(
        reverse("alerts:trial", args=[trial.pk]), {"outcome": "left", "rule": "W10"}
    )

    page = answer.context["backtest"]
    line = next(each for each in page.lines if each.code == "W04")
    assert (line.precision, line.recall, line.lift, line.lead) == (250, 100, 250, 2)
    assert line.per_manager == 2.0
    assert (page.curve.code, len(page.curve.points)) == ("W10", 7)
    assert [point.value for point in page.curve.points if point.is_in_force] == [50]
    assert "25.0 %" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"first": "2026-03-01", "last": "2026-02-01", "horizon": "30"}, "Swap them"),
        ({"first": "2025-03-01", "last": "2026-02-01", "horizon": "30"}, "at most 184 days"),
        ({"first": "x", "last": "2026-02-01", "horizon": "30"}, "valid date"),
    ],
)
def test_days_that_make_no_sense_are_refused_in_words(keeper, people, typed, words):
    answer = keeper.post(reverse("alerts:trial_backtest", args=[1]), typed, follow=True)

    assert words in answer.content.decode()
    assert not Trial.objects.exists()


def test_a_trial_that_failed_says_why(keeper, people):
    trial = trial_of(TrialKind.PREVIEW, people)
    operations.fail_trial(trial.pk, words="No such day.", at=AT)

    page = keeper.get(reverse("alerts:trial", args=[trial.pk]))

    trial.refresh_from_db()
    assert trial.state == TrialState.FAILED
    assert "No such day." in page.content.decode()
    assert "every 2s" not in page.content.decode()


def test_a_version_and_the_list_of_trials_show_them(keeper, people):
    trial = trial_of(TrialKind.BACKTEST, people)
    operations.finish_trial(trial, result=result_of_backtest(), at=AT)

    for url in (reverse("alerts:number", args=[1]), reverse("alerts:trials")):
        assert "8 alerts, precision 25.0 %, recall 10.0 %" in keeper.get(url).content.decode()
