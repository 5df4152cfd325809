"""The row rules in plain Python, which judge what the engine could not read, agree with it."""

import pytest
from tests.factories.deliveries import DAY, subscriber, usage
from tests.rules.facts.test_intake_rows import SUBSCRIBER_CASES, USAGE_CASES

from dakehu.facts.intake.rows import RowRules
from dakehu.facts.interfaces import SUBSCRIBER, USAGE

BY_OTHER_ROWS = ("unknown_subscriber", "duplicate")


@pytest.mark.parametrize(
    ("changes", "reason", "detail"),
    [case for case in USAGE_CASES if case[1] not in BY_OTHER_ROWS],
)
def test_a_usage_row_has_the_same_first_fault(changes, reason, detail) -> None:
    rules = RowRules(USAGE, columns=USAGE.names, day=DAY, city="01")
    row = usage("S2") | changes

    assert rules.fault([str(row[name]) for name in USAGE.names]) == (reason, detail)


@pytest.mark.parametrize(
    ("changes", "reason", "detail"),
    [case for case in SUBSCRIBER_CASES if case[1] not in BY_OTHER_ROWS],
)
def test_a_subscriber_row_has_the_same_first_fault(changes, reason, detail) -> None:
    rules = RowRules(SUBSCRIBER, columns=SUBSCRIBER.names, day=DAY, city="01")
    row = subscriber("S2") | changes

    assert rules.fault([str(row[name]) for name in SUBSCRIBER.names]) == (reason, detail)


@pytest.mark.parametrize(
    "changes",
    [{}, {"out_calls": "0" * 40 + "7"}, {"out_calls": "-0"}, {"status": ""}, {"plan_id": "𠮷"}],
)
def test_a_right_row_has_no_fault(changes) -> None:
    rules = RowRules(USAGE, columns=USAGE.names, day=DAY, city="01")
    row = usage("S2") | changes

    assert rules.fault([str(row[name]) for name in USAGE.names]) is None


def test_a_number_of_many_thousand_digits_is_only_ever_compared() -> None:
    rules = RowRules(USAGE, columns=USAGE.names, day=DAY, city="01")

    def fault(**changes: str) -> object:
        row = usage("S2", **changes)
        return rules.fault([str(row[name]) for name in USAGE.names])

    assert fault(data_kb="9" * 6000) == ("type", "data_kb")
    assert fault(data_kb="-" + "9" * 6000) == ("negative", "data_kb")
    assert fault(voice_toll_s="9" * 6000) == ("too_large", "voice_toll_s")


def test_a_column_that_is_not_there_has_no_definition() -> None:
    with pytest.raises(KeyError):
        USAGE.column("mood")
