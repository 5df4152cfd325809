"""Solutions and contracts: written, released by a second person, signed, renewed (OP14, OP15)."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from docx import Document
from tests.factories.attachments import attach, office, upload
from tests.factories.opportunities import claimed, make_core, released, signed, terms

from dakehu.files.errors import UnableToAttach
from dakehu.files.operations import attachments, keeping
from dakehu.files.queries.attachments import attachments_of
from dakehu.opportunities import operations, queries
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.models import Contract
from dakehu.opportunities.operations.renewing import ask_about_contracts
from dakehu.opportunities.values import Parts, Stamps
from dakehu.worklist.models import Todo

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(people, at):
    """A leased line that the manager has claimed, with the manager and the instant."""
    return {"opportunity": claimed(people), "by": people.manager, "at": at}


@pytest.fixture
def contract(known):
    return operations.write_contract(terms=terms(), **known)


def test_versions_of_a_solution_follow_each_other(known, people, at):
    first = operations.write_solution(parts=Parts("光纤到楼", "两年 8 折", 80_000), **known)
    with pytest.raises(UnableToKeepOpportunity):
        operations.write_solution(parts=Parts("再来一版"), **known)

    released(first, people)
    second = operations.write_solution(parts=Parts("双路由"), **known)

    assert (first.number, second.number, second.state) == (1, 2, "DRAFT")
    acts = known["opportunity"].hops.filter(move="PAPER").order_by("pk")
    assert [hop.facts["act"] for hop in acts] == ["WRITE", "PROPOSE", "RELEASE", "WRITE"]


def test_nobody_releases_what_they_wrote_and_the_asked_one_has_a_todo(
    contract, people, at, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        operations.propose_paper(paper=contract, by=people.manager, at=at)
    asked = Todo.objects.get(source="contract-release")
    assert (asked.owner, asked.state) == (people.supervisor, "OPEN")
    with pytest.raises(PermissionDenied):
        operations.release_paper(paper=contract, by=people.manager, at=at)
    operations.send_back(paper=contract, reason="缺付款条件", by=people.supervisor, at=at)
    contract.refresh_from_db()
    assert (contract.state, contract.reason) == ("DRAFT", "缺付款条件")

    # Handed out by the supervisor and proposed by them: it needs yet another person.
    operations.propose_paper(paper=contract, by=people.supervisor, at=at)
    with pytest.raises(UnableToKeepOpportunity):
        operations.release_paper(paper=contract, by=people.supervisor, at=at)
    with django_capture_on_commit_callbacks(execute=True):
        operations.release_paper(paper=contract, by=people.administrator, at=at)
    asked.refresh_from_db()
    assert asked.state in {"DONE", "CANCELLED"}


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"ends_on": date(2026, 2, 1)}, "ends_on"), ({"number": ""}, "number")],
)
def test_terms_that_cannot_be_are_refused_at_their_place(known, changed, field):
    with pytest.raises(UnableToKeepOpportunity) as refused:
        operations.write_contract(terms=terms(**changed), **known)

    assert refused.value.field == field
    assert not Contract.objects.exists()


def test_a_number_is_given_once_and_is_free_again_after_withdrawal(contract, people, known, at):
    other = claimed(people, customer=known["opportunity"].customer)
    again = {"opportunity": other, "by": people.manager, "at": at}
    with pytest.raises(UnableToKeepOpportunity):
        operations.write_contract(terms=terms(), **again)

    operations.withdraw_paper(paper=contract, reason="改由省公司签", by=people.manager, at=at)

    assert operations.write_contract(terms=terms(), **again).number == contract.number


def test_signing_needs_release_the_stamped_paper_and_days_that_came(contract, people, at):
    stamps, by = Stamps(date(2026, 3, 1), date(2026, 3, 2)), people.manager
    sign = lambda **given: operations.sign_contract(  # noqa: E731
        **{"contract": contract, "stamps": stamps, "by": by, "at": at, **given}
    )
    with pytest.raises(UnableToKeepOpportunity):
        sign()
    released(contract, people)
    with pytest.raises(UnableToKeepOpportunity, match="附"):
        sign()
    attach(contract, by, at=at)
    with pytest.raises(UnableToKeepOpportunity):
        sign(stamps=Stamps(date(2026, 3, 1), date(2026, 3, 3)))

    sign()

    won = contract.opportunity
    won.refresh_from_db()
    assert (won.state, won.stage, won.contract_no, won.won_fen) == (
        "WON", "HANDOVER", "HT-2026-17", 9_600_000,
    )  # fmt: skip
    with pytest.raises(UnableToAttach):
        attach(contract, by, name="别的.pdf", content=b"%PDF-1.4\n%%EOF\n", at=at)


def test_a_document_with_macros_is_refused_and_nothing_is_kept(contract, people, at):
    macros = upload("合同.docx", office("docx", macro="word/vbaProject.bin"))

    with pytest.raises(UnableToAttach, match="宏"):
        attachments.attach_file(record=contract, upload=macros, by=people.manager, at=at)

    assert attachments_of(contract) == []


def test_the_word_document_says_what_is_recorded(contract, people, at):
    made = operations.document_of(paper=contract, by=people.manager, at=at)

    content = keeping.full_path(made.path).read_bytes()
    words = "\n".join(each.text for each in Document(BytesIO(content)).paragraphs)
    assert "HT-2026-17" in words
    assert "96,000.00" in words
    assert contract.opportunity.customer.name in words


def test_who_renews_is_asked_once_in_time_and_the_renewal_is_one_opportunity(people, known, at):
    contract = signed(known["opportunity"], people, ends_on=date(2026, 6, 1))
    assert ask_about_contracts(at=at) == 0
    near = at + timedelta(days=40)

    assert [ask_about_contracts(at=near), ask_about_contracts(at=near)] == [1, 0]
    todo = Todo.objects.get(source="contract-end")
    assert (todo.owner, str(todo.due_date)) == (people.manager, "2026-06-01")
    first = operations.renew_contract(contract=contract, by=people.manager, at=near)
    again = operations.renew_contract(contract=contract, by=people.manager, at=near)

    assert first == again
    assert (first.need_kind, first.customer) == ("RENEW", contract.opportunity.customer)
    todo.refresh_from_db()
    assert todo.state == "DONE"
    assert ask_about_contracts(at=near) == 0
    with pytest.raises(UnableToKeepOpportunity):
        operations.let_run_out(contract=contract, reason="x", by=people.manager, at=near)


def test_a_contract_that_is_not_renewed_is_asked_about_no_more(people, known, at):
    contract = signed(known["opportunity"], people, ends_on=date(2026, 4, 1))
    assert ask_about_contracts(at=at) == 1

    operations.let_run_out(contract=contract, reason="客户搬走", by=people.manager, at=at)

    contract.refresh_from_db()
    assert (contract.state, ask_about_contracts(at=at)) == ("ENDED", 0)


def test_what_is_not_signed_goes_with_a_lost_opportunity(contract, people, known):
    operations.give_up(loss="PRICE", text="", **known)

    contract.refresh_from_db()
    assert contract.state == "WITHDRAWN"
    with pytest.raises(UnableToKeepOpportunity):
        operations.write_contract(terms=terms("HT-2"), **known)


def test_papers_stay_with_whoever_answers(contract, people):
    make_core(people.partner, people.units.district)
    contract.opportunity.helper = people.partner
    contract.opportunity.save()

    assert queries.get_opportunity(people.partner, contract.opportunity_id)
    with pytest.raises(Http404):
        queries.get_paper(people.partner, "contract", contract.pk)
    assert queries.papers_of(people.partner, contract.opportunity) == ([], [])
    with pytest.raises(PermissionDenied):
        operations.write_contract(
            opportunity=contract.opportunity, terms=terms("HT-3"), by=people.colleague,
            at=contract.written_at,
        )  # fmt: skip


def test_a_talk_stands_in_the_passport_and_too_long_a_text_is_refused(known):
    day = date(2026, 3, 1)
    operations.record_meeting(kind="DEMO", held_on=day, text="演示后认可", **known)

    assert known["opportunity"].hops.last().facts == {"meeting": "DEMO", "on": "2026-03-01"}
    for wrong in ({"text": "字" * 4001}, {"text": " "}, {"held_on": date(2026, 3, 3)}):
        told = {"kind": "TALK", "held_on": day, "text": "x", **wrong}
        with pytest.raises(UnableToKeepOpportunity):
            operations.record_meeting(**told, **known)
