"""Cases that belong together, steps of coverage, serious faults, return visits, and clocks."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories.cases import AT, close, make_case, rows
from tests.factories.tiering import StandingFactory, level_of

from dakehu.cases import operations, queries
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.models import BatchRow, Case
from dakehu.cases.operations import Said
from dakehu.cases.values import Talk


def fresh(case):
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def fault(people, customers, english):
    """A fault of the manager's customer, taken and kept by the manager."""
    return make_case(people.manager, kind="FAULT", customer=customers.own, keep=True)


def test_closing_a_fault_answers_everybody_who_reported_it(people, customers, fault):
    reports = [
        make_case(people.hotline_agent, kind="FAULT", customer=customer)
        for customer in (customers.colleagues, customers.unowned)
    ]
    for report in reports:
        operations.join_fault(case=report, parent=fault, by=people.hotline_agent, at=AT)

    close(fault, people.manager, answer="光缆已接通")

    for report in map(fresh, reports):
        assert (report.state, report.answer) == ("CLOSED", "光缆已接通")
        assert report.acts.filter(kind="CLOSED", is_internal=False).count() == 1


def test_what_is_no_open_fault_takes_no_reports(people, customers, fault):
    question = make_case(people.hotline_agent, customer=customers.own)
    report = make_case(people.hotline_agent, kind="FAULT", customer=customers.own)
    who = {"by": people.hotline_agent, "at": AT}

    with pytest.raises(UnableToKeepCase, match="no open fault"):
        operations.join_fault(case=report, parent=question, **who)
    with pytest.raises(UnableToKeepCase, match="itself"):
        operations.join_fault(case=report, parent=report, **who)
    operations.join_fault(case=report, parent=fault, **who)
    with pytest.raises(UnableToKeepCase, match="belong"):
        operations.join_fault(case=report, parent=fault, **who)


def test_a_case_with_an_open_part_is_not_closed_and_support_reports_back(people, fault):
    part = operations.ask_for_support(case=fault, text="需现场换板", by=people.manager, at=AT)
    assert (part.kind, part.unit) == ("SUPPORT", people.operations_center.unit)

    with pytest.raises(UnableToKeepCase, match=part.number):
        close(fault, people.manager)
    close(part, people.operations_center, answer="已换板")
    close(fault, people.manager)

    told = fault.acts.filter(kind="SUPPORT").order_by("-pk").first()
    assert (told.text, told.facts["number"]) == ("已换板", part.number)


def test_a_part_has_no_parts_of_its_own(people, fault):
    part = operations.split_case(
        case=fault, kind="INSTALLATION", text="另装一条", by=people.manager, at=AT
    )

    with pytest.raises(UnableToKeepCase, match="belongs to another"):
        operations.split_case(case=part, kind="FAULT", text="再拆", by=people.manager, at=AT)


def test_merging_leaves_one_case_to_be_worked_on(people, customers, fault):
    twin = make_case(people.manager, kind="FAULT", customer=customers.own)
    other = make_case(people.hotline_agent, kind="FAULT", customer=customers.colleagues)

    with pytest.raises(UnableToKeepCase, match="two customers"):
        operations.merge_case(case=other, into=fault, by=people.hotline_agent, at=AT)
    operations.merge_case(case=twin, into=fault, by=people.manager, at=AT)

    assert (fresh(twin).state, fresh(twin).merged_into) == ("MERGED", fault)
    assert queries.merged_into(people.manager, fault) == [twin]
    with pytest.raises(UnableToKeepCase, match=fault.number):
        operations.note_on(case=twin, text="?", by=people.manager, at=AT)


def test_linked_cases_are_seen_from_both_sides_and_once(people, customers, fault):
    other = make_case(people.manager, customer=customers.own)
    link = operations.link_cases(case=other, other=fault, note="同因", by=people.manager, at=AT)

    assert [case for _link, case in queries.links_of(people.manager, fault)] == [other]
    with pytest.raises(UnableToKeepCase, match="already"):
        operations.link_cases(case=fault, other=other, note="", by=people.manager, at=AT)
    operations.unlink_cases(link=link, by=people.manager, at=AT)
    assert queries.links_of(people.manager, fault) == []


def test_the_steps_of_a_coverage_need_follow_each_other(people, customers, english):
    case = make_case(people.manager, kind="COVERAGE", customer=customers.own)
    who = {"case": case, "by": people.manager, "at": AT}
    reply = {"measures": "加装室分", "expected_on": date(2026, 3, 20)}

    with pytest.raises(UnableToKeepCase, match="not the turn"):
        operations.reply_on_coverage(**reply, **who)
    operations.assign_coverage(manager=people.manager, technician=people.engineer, **who)
    with pytest.raises(UnableToKeepCase, match="measures"):
        operations.reply_on_coverage(**{**reply, "measures": " "}, **who)
    with pytest.raises(UnableToKeepCase, match="passed"):
        operations.reply_on_coverage(**{**reply, "expected_on": date(2026, 3, 1)}, **who)
    operations.reply_on_coverage(**reply, **who)
    operations.plan_coverage(plan="三月二十日开通", **who)

    stage = queries.coverage_of(case)
    assert (stage.step, stage.technician) == ("PLANNED", people.engineer)
    assert fresh(case).answered_at == AT


def test_rows_of_a_batch_are_settled_one_by_one_or_all(people, customers, english):
    case = make_case(
        people.manager, kind="BATCH", customer=customers.own, lines=rows(30), keep=True
    )
    who = {"case": case, "by": people.manager, "at": AT}

    with pytest.raises(UnableToKeepCase, match="why"):
        operations.settle_rows(lines=[1], failed=" ", **who)
    assert operations.settle_rows(lines=[1, 2], failed="号码已销户", **who) == 2
    assert operations.settle_rows(lines=[], failed=None, **who) == 28
    assert queries.row_counts(case) == {"DONE": 28, "FAILED": 2}
    assert BatchRow.objects.filter(case=case, done_by=people.manager).count() == 30
    close(case, people.manager)


def test_a_serious_fault_has_one_wording_for_everybody_below(people, customers, english):
    fault = make_case(people.supervisor, kind="FAULT", customer=customers.own)
    with pytest.raises(PermissionDenied):
        operations.announce_fault(
            case=fault, wording="平台抢修", back_at=None, by=people.manager, at=AT
        )
    operations.announce_fault(
        case=fault, wording="平台抢修中", back_at=AT, by=people.supervisor, at=AT
    )

    heard = lambda who: [each.wording for each in queries.notices_heard(who, at=AT)]  # noqa: E731
    assert heard(people.hotline_agent) == heard(people.hall_clerk) == ["平台抢修中"]
    assert heard(people.stranger) == []

    operations.report_fault(case=fault, report="原因分析", by=people.supervisor, at=AT)
    operations.end_notice(case=fault, by=people.supervisor, at=AT)
    assert heard(people.hotline_agent) == []
    assert queries.notice_of(fault).analysis == "原因分析"


@pytest.mark.parametrize(
    ("said", "visit", "state"),
    [
        (Said(True, 5), "SOLVED", "CLOSED"),
        (Said(None), "UNREACHED", "CLOSED"),
        (Said(False, 1, "又断了"), "UNSOLVED", "TAKEN"),
    ],
)
def test_what_a_return_visit_makes_of_a_case(people, fault, said, visit, state):
    close(fault, people.manager)

    operations.record_visit(case=fault, said=said, by=people.hotline_agent, at=AT)

    stored = fresh(fault)
    assert (stored.visit, stored.state) == (visit, state)
    assert queries.visits_of(fault).first().satisfaction == said.satisfaction


def test_what_is_not_solved_goes_to_the_superior_of_the_owner(people, fault):
    close(fault, people.manager)
    with pytest.raises(UnableToKeepCase, match="still not solved"):
        operations.record_visit(case=fault, said=Said(False, 2), by=people.manager, at=AT)

    said = Said(False, 2, "仍断")
    operations.record_visit(case=fault, said=said, by=people.hotline_agent, at=AT)

    assert fresh(fault).owner in {people.supervisor, people.dispatcher}


class TestClocks:
    """The clocks of a case run by what the customer's level is owed."""

    @pytest.fixture
    def case(self, people, customers, english):
        """A coverage need of a group that stands at A1."""
        StandingFactory(
            customer=customers.group, level=level_of("group-abc", 5), active_from=date(2026, 1, 1)
        )
        return make_case(people.manager, kind="COVERAGE", customer=customers.group, keep=True)

    def clocks(self, case):
        from dakehu.clocks.queries import clocks_of

        return {clock.kind: clock for clock in clocks_of("case", [case.pk])[case.pk]}

    def test_they_begin_when_it_is_opened_and_place_it(self, case):
        # C1: a preliminary reply within one working day for A.
        clock = self.clocks(case)["INITIAL_ANSWER"]

        assert fresh(case).due_at == clock.due_at
        assert fresh(case).due_kind == "INITIAL_ANSWER"
        assert clock.source.startswith("C1")

    def test_only_an_act_that_reaches_the_customer_answers(self, people, case):
        operations.note_on(case=case, text="在查", by=people.manager, at=AT)
        assert self.clocks(case)["INITIAL_ANSWER"].state == "RUNNING"

        talk = Talk("CALL", "两周内开通", ("INITIAL_ANSWER",))
        operations.talk_to_customer(case=case, talk=talk, by=people.manager, at=AT)

        assert self.clocks(case)["INITIAL_ANSWER"].is_met
        assert fresh(case).due_at is None

    def test_waiting_lets_them_stand_still(self, people, case):
        who = {"case": case, "version": None, "by": people.manager}
        due = fresh(case).due_at
        operations.wait_for_customer(reason="等图纸", **who, at=AT)
        assert (self.clocks(case)["INITIAL_ANSWER"].state, fresh(case).due_at) == ("PAUSED", None)

        operations.go_on(**who, at=AT + timedelta(hours=1))
        assert fresh(case).due_at >= due

    def test_closing_ends_them_and_opening_again_begins_anew(self, people, case):
        close(case, people.manager)
        assert {clock.state for clock in self.clocks(case).values()} == {"STOPPED"}

        operations.reopen_case(case=case, version=None, reason="无信号", by=people.manager, at=AT)
        assert fresh(case).due_at is not None
