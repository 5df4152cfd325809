"""A night that was killed at any instant is finished by the next one, as if nothing had been."""

import pytest
from tests.db.exchange.conftest import SECOND_NIGHT
from tests.factories.installations import everything
from tests.factories.sharing import own_share

KILLED = -9
JOBS, OPERATIONS = "dakehu.exchange.jobs", "dakehu.exchange.operations"
LOCAL = "dakehu.common.filespace.local"
POINTS = [
    (f"{JOBS}.lock", "write_holder", "after", 1),
    (f"{OPERATIONS}.runs", "start_run", "after", 1),
    (f"{OPERATIONS}.evaluation", "want_day", "after", 1),
    (f"{JOBS}.finding", "find_deliveries", "after", 1),
    (LOCAL, "LocalFilespace.fetch", "after", 2),
    ("dakehu.facts.intake", "take_in", "after", 1),
    ("dakehu.facts.intake", "take_in", "after", 3),
    ("dakehu.facts.intake", "take_in", "before", 5),
    ("dakehu.facts.master", "known_subscribers", "after", 1),
    (f"{OPERATIONS}.deliveries", "take_delivery", "before", 1),
    ("dakehu.people.operations.units", "ensure_city", "after", 1),
    (f"{OPERATIONS}.deliveries", "write_files", "after", 1),
    ("dakehu.customers.operations.loading", "merged", "after", 1),
    (f"{OPERATIONS}.deliveries", "make_live", "after", 1),
    (f"{OPERATIONS}.deliveries", "make_live", "after", 4),
    (f"{OPERATIONS}.deliveries", "ask_again", "after", 1),
    (f"{OPERATIONS}.deliveries", "take_delivery", "after", 1),
    (f"{OPERATIONS}.deliveries", "take_delivery", "after", 2),
    (f"{OPERATIONS}.deliveries", "take_delivery", "after", 4),
    (LOCAL, "LocalFilespace.put", "before", 1),
    (LOCAL, "LocalFilespace.put", "after", 1),
    (f"{OPERATIONS}.deliveries", "note_receipt", "before", 2),
    (f"{OPERATIONS}.masters", "ensure_master", "after", 1),
    ("dakehu.facts.results", "write_query", "after", 1),
    (f"{JOBS}.evaluating", "evaluate_day", "after", 1),
    (f"{OPERATIONS}.evaluation", "switch_results", "after", 1),
    (f"{OPERATIONS}.evaluation", "switch_results", "after", 2),
    ("dakehu.alerts.operations.keeping", "open_alerts", "after", 1),
    ("dakehu.alerts.operations.following", "follow_signals", "after", 1),
    ("dakehu.alerts.operations.following", "follow_signals", "after", 2),
    (f"{JOBS}.following", "follow_card_levels", "after", 1),
    (f"{JOBS}.following", "ask_owners", "after", 1),
    (f"{OPERATIONS}.figures", "refresh_figures", "after", 1),
    (f"{OPERATIONS}.evaluation", "note_followed", "before", 1),
    (f"{OPERATIONS}.evaluation", "note_followed", "after", 1),
    (f"{OPERATIONS}.retention", "forget_before", "after", 1),
    (f"{JOBS}.tidying", "wanted_files", "after", 1),
    ("dakehu.audit.operations.sealing", "seal_rows", "after", 1),
    ("dakehu.audit.operations.sealing", "keep_head", "before", 1),
    (f"{OPERATIONS}.runs", "end_run", "before", 1),
]


def named(point):
    """Name a point for the list of tests."""
    module, name, when, nth = point
    return f"{when}-{module.rsplit('.', 1)[-1]}.{name}-{nth}"


@pytest.mark.slow
@pytest.mark.parametrize("point", own_share(POINTS), ids=named)
def test_a_killed_night_is_finished_by_the_next(nights, province, undisturbed, point):
    killed = nights.run(province, SECOND_NIGHT, acts=[point])

    finished = nights.run(province, SECOND_NIGHT)

    assert (killed.code, finished.code) == (KILLED, 0)
    assert everything(province / "var", province / "outbox") == undisturbed


@pytest.mark.slow
def test_a_night_that_is_killed_again_and_again_is_finished_at_last(nights, province, undisturbed):
    for point in POINTS[4::5]:
        nights.run(province, SECOND_NIGHT, acts=[point])

    finished = nights.run(province, SECOND_NIGHT)

    assert finished.code == 0
    assert everything(province / "var", province / "outbox") == undisturbed


@pytest.mark.slow
def test_the_second_night_again_changes_nothing(nights, province, undisturbed):
    nights.run(province, SECOND_NIGHT)

    again = nights.run(province, SECOND_NIGHT)

    assert again.code == 0
    assert everything(province / "var", province / "outbox") == undisturbed
