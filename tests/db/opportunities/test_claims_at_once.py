"""Several who press at once, in threads of their own: one owner, one opportunity (OP4)."""

import threading

import pytest
from django.db import connection
from tests.factories.opportunities import AT, claimed, contact, prospect, take_in, terms
from tests.factories.people import StaffFactory, make_people

from dakehu.opportunities import operations
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.models import Offer, Opportunity

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run acts in threads that start together; return what each answered or raised."""
    barrier = threading.Barrier(len(acts))
    answers = [None] * len(acts)

    def run(place, act):
        try:
            barrier.wait(timeout=20)
            answers[place] = act()
        except Exception as error:
            answers[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def test_of_those_who_claim_or_send_at_once_one_wins_and_the_others_hear_who(transactional_db):
    people = make_people()
    partners = [
        StaffFactory(role="PARTNER", unit=people.units.city, name=f"代理{number}")
        for number in range(3)
    ]
    made = take_in(people.hotline_agent, area=people.units.district, elements=prospect())
    operations.assign(opportunity=made, receivers=partners, by=people.operations_center, at=AT)

    answers = at_once(
        *(lambda by=by: operations.claim(opportunity=made, by=by, at=AT) for by in partners)
    )

    made.refresh_from_db()
    refused = [answer for answer in answers if isinstance(answer, UnableToKeepOpportunity)]
    assert len(refused) == 2, answers
    assert all(made.receiver.name in str(each) for each in refused)
    assert Offer.objects.filter(ending="CLAIMED").count() == 1
    assert made.hops.filter(move="CLAIM").count() == 1

    new = contact(request_id="form-1", elements=prospect("并发公司"), area=people.units.district)
    taken = at_once(
        *(lambda: operations.take_in(new=new, by=people.hotline_agent, at=AT) for _ in range(3))
    )

    assert len({each.opportunity.pk for each in taken}) == 1, taken
    assert [each.is_new for each in taken].count(True) == 1
    assert Opportunity.objects.count() == 2


def test_of_two_who_release_and_send_back_one_paper_at_once_one_decides(transactional_db):
    people = make_people()
    made = claimed(people)
    paper = operations.write_contract(opportunity=made, terms=terms(), by=people.manager, at=AT)
    operations.propose_paper(paper=paper, by=people.manager, at=AT)
    second = StaffFactory(role="SUPERVISOR", unit=people.units.city)

    answers = at_once(
        lambda: operations.release_paper(paper=paper, by=people.supervisor, at=AT),
        lambda: operations.release_paper(paper=paper, by=second, at=AT),
        lambda: operations.send_back(paper=paper, reason="价格", by=second, at=AT),
    )

    refused = [each for each in answers if isinstance(each, UnableToKeepOpportunity)]
    assert len(refused) == 2, answers
    acts = [hop.facts["act"] for hop in made.hops.filter(move="PAPER").order_by("pk")]
    assert acts[:2] == ["WRITE", "PROPOSE"]
    assert len(acts) == 3
    paper.refresh_from_db()
    assert {"RELEASE": "RELEASED", "SEND_BACK": "DRAFT"}[acts[2]] == paper.state
