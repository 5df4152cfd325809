"""Answers of the network department from a spreadsheet: preliminary replies and refusals (C1)."""

import pytest
from tests.factories.cases import make_case
from tests.factories.imports import complaints, counts
from tests.factories.sheets import workbook

from dakehu.cases import operations

HEADS = ("Case number", "Answer of the network department", "Measures, or why not", "Expected on")
CAN, CANNOT = "Can be solved", "Cannot be solved"


def sheet(*rows):
    return workbook([HEADS, *rows])


def need(people, customer, at, *, assigned=True):
    case = make_case(people.manager, at=at, kind="COVERAGE", customer=customer)
    if assigned:
        operations.assign_coverage(
            case=case, manager=people.manager, technician=people.engineer, by=people.manager, at=at
        )
    return case


def test_c1_each_row_is_the_preliminary_reply_of_its_need_and_a_refusal_needs_no_day(
    importer, people, customers, at
):
    lift, cellar = (need(people, each, at) for each in (customers.own, customers.group))
    rows = (
        (lift.number, CAN, "加装室分", "2099-05-01"),
        (cellar.number.replace("-", ""), CANNOT, "物业不允许布线，改用企业宽带", ""),
    )

    run = importer.bring_in("coverage-answers", sheet(*rows))

    assert counts(run) == (0, 2, 0, 0)
    for case, told in ((lift, ("加装室分", False)), (cellar, (rows[1][2], True))):
        case.refresh_from_db()
        stage = case.coverage
        assert (stage.step, stage.measures, stage.is_refused) == ("REPLIED", *told)
        assert case.answered_at is not None
    assert counts(importer.check("coverage-answers", sheet(*rows))) == (0, 0, 2, 0)


def test_c1_answers_that_cannot_be_are_refused_at_their_cells(importer, people, customers, at):
    lift = need(people, customers.own, at)
    early = need(people, customers.group, at, assigned=False)
    other = make_case(people.manager, at=at, customer=customers.own)

    run = importer.check(
        "coverage-answers",
        sheet(
            (lift.number, CAN, "加装室分", ""),
            (lift.number, CAN, "加装室分", "2020-01-01"),
            (early.number, CAN, "加装室分", "2099-05-01"),
            (other.number, CAN, "加装室分", "2099-05-01"),
            (lift.number, "Perhaps", "加装室分", "2099-05-01"),
        ),
    )

    assert counts(run)[3] >= 4
    found = complaints(run)
    assert found[2][0][0] == "expected_on"
    assert "manager was assigned" in found[4][0][1]
    assert found[5][0][0] == "number"


@pytest.mark.parametrize("told", [{"expected_on": None}, {"expected_on": None, "measures": " "}])
def test_c1_a_reply_without_a_day_says_that_it_is_refused(people, customers, at, told):
    from dakehu.cases.errors import UnableToKeepCase

    case = need(people, customers.own, at)

    with pytest.raises(UnableToKeepCase):
        operations.reply_on_coverage(
            case=case, **{"measures": "加装室分", **told}, by=people.manager, at=at
        )
