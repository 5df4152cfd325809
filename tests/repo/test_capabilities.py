"""Every demand on what is owed to customers has a test: named by its ID, or listed here."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
TEST = re.compile(r"^def (test_\w+)", re.M)
IDS = [
    *(f"C{number}" for number in range(1, 29)),
    *(f"R{number}" for number in range(1, 13)),
    *(f"O{number}" for number in range(1, 13)),
    *(f"K{number}" for number in range(1, 4)),
    *(f"G{number}" for number in range(1, 8)),
    *("CH3", "CH11", "CH12", "CH13", "CH14"),
]
SHIPPED = "rules/catalogue/test_shipped.py"
CUT_OFF = f"{SHIPPED}::test_what_the_sources_cut_off_is_to_be_confirmed_and_has_no_figure"
RECUR = f"{SHIPPED}::test_o1_to_o6_recur"
ORDERS, KIN, CASES = "db/cases/test_orders.py", "db/cases/test_kin.py", "db/cases/test_cases.py"
# What is proved under another name, as one row of a table or among what belongs together.
ELSEWHERE = {
    "C7": RECUR,
    "C10": "db/care/test_events.py::"
    "test_who_was_there_counts_once_for_the_customer_and_is_taken_back_with_the_last",
    **{f"C{number}": CUT_OFF for number in range(15, 21)},
    "R5": f"{ORDERS}::test_a_case_is_raised_step_by_step_with_what_was_done",
    "R8": f"{ORDERS}::test_a_record_of_the_next_day_stays_late",
    "R9": f"{ORDERS}::test_a_case_on_site_is_not_closed_before_its_order_is_signed",
    "O2": RECUR,
    "O4": RECUR,
    "O5": RECUR,
    "O9": "db/care/test_greetings.py::"
    "test_festivals_and_birthdays_are_proposed_once_in_the_forms_of_the_level",
    "K1": f"{CASES}::test_a_case_knows_who_took_it_whose_it_is_and_where_it_waits",
    "K2": "web/cases/test_statistics.py::test_sums_agree_with_counting_by_hand",
    "K3": "rules/cases/test_statistics.py::test_rates_say_nothing_of_nobody",
    "G1": "db/care/test_greetings.py::"
    "test_festivals_and_birthdays_are_proposed_once_in_the_forms_of_the_level",
    "G3": "db/surveys/test_surveys.py::"
    "test_a_customer_gets_a_link_once_in_ninety_days_whatever_the_survey",
    "G4": "web/cases/test_cases.py::"
    "test_articles_appear_while_typing_with_what_every_channel_says",
    "G5": "web/outbox/test_messages.py::test_a_message_is_written_shown_masked_and_withdrawn",
    "G6": "web/care/test_visits.py::test_a_visit_is_planned_found_in_the_agenda_and_recorded",
    "G7": "web/care/test_events.py::test_an_event_is_planned_and_customers_of_a_list_are_invited",
    "CH3": f"{CASES}::test_a_team_that_leads_the_service_gets_it",
    "CH11": f"{ORDERS}::test_support_is_ordered_with_a_clock_and_reports_back",
    "CH12": f"{KIN}::test_a_serious_fault_has_one_wording_for_everybody_below",
    "CH13": f"{CASES}::"
    "test_somebody_elses_case_is_not_closed_but_by_the_first_taker_of_a_complaint",
    "CH14": f"{KIN}::test_a_case_with_an_open_part_is_not_closed_and_support_reports_back",
}


def every_test() -> Iterator[str]:
    """Yield every test as file and name."""
    for path in sorted(TESTS.rglob("test_*.py")):
        for name in TEST.findall(path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(TESTS)}::{name}"


THERE = frozenset(every_test())
NAMED = {part.upper() for each in THERE for part in each.partition("::")[2].split("_")}


@pytest.mark.parametrize("demand", IDS)
def test_a_demand_has_a_test_by_its_id_or_is_listed_with_one(demand):
    listed = ELSEWHERE.get(demand)

    assert demand in NAMED or listed in THERE, f"no test of {demand}"


def test_only_what_no_test_is_named_for_is_listed_and_the_list_is_true():
    assert {demand for demand in ELSEWHERE if demand in NAMED} == set()
    assert set(ELSEWHERE.values()) <= THERE
    assert set(ELSEWHERE) <= set(IDS)
