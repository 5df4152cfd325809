"""Script in what people type is shown as text, and strangers find nothing, on pages of work."""

import pytest
from django.urls import reverse
from tests.factories.care import make_event, make_invitation
from tests.factories.orders import make_order
from tests.factories.outbox import write
from tests.factories.surveys import answers, invite, make_draft

from dakehu.cases.models import ReplyTemplate
from dakehu.surveys import operations

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.fixture
def pages(people, customers, at):
    """Pages that show what somebody typed, by what they are about."""
    mine = customers.own
    event = make_event(people.manager, at=at, title=SCRIPT[:60], about=SCRIPT)
    make_invitation(event, mine, people.manager, at=at)
    order = make_order(people.manager, customer=mine, subject=SCRIPT[:60], place=SCRIPT[:60])
    message = write(mine, people.manager, at=at, text=SCRIPT)
    template = ReplyTemplate.objects.create(name=SCRIPT[:60], text=SCRIPT)
    asked = answered_survey(people, mine, at=at)
    return {
        "survey": [
            reverse("surveys:invitation", args=[asked.pk]),
            reverse("surveys:survey", args=[asked.survey_id]),
            reverse("surveys:invitations"),
        ],
        "template": [
            reverse("cases:template", args=[template.pk]),
            reverse("cases:templates"),
        ],
        "event": [
            reverse("care:event", args=[event.pk]),
            reverse("care:event_list"),
            reverse("care:invitation_list"),
            reverse("care:event_panel", args=[mine.pk]),
        ],
        "order": [
            reverse("cases:order", args=[order.pk]),
            reverse("cases:order_paper", args=[order.pk]),
            reverse("cases:orders"),
        ],
        "message": [
            reverse("outbox:message", args=[message.pk]),
            reverse("outbox:list"),
            reverse("outbox:customer_panel", args=[mine.pk]),
        ],
    }


def answered_survey(people, customer, *, at):
    """Return what a customer answered in a survey of script."""
    survey = make_draft(people.supervisor, at=at, name=SCRIPT[:60], intro=SCRIPT)
    survey.questions.update(text=SCRIPT[:60])
    operations.publish_survey(survey=survey, by=people.supervisor, at=at)
    asked = invite(survey, customer, people.supervisor, at=at)
    given = answers(survey, 9, 4, words=SCRIPT)
    return operations.take_answers(invitation=asked, given=given, by=people.manager, at=at)


@pytest.mark.parametrize("part", ["event", "order", "message"])
def test_script_is_shown_as_text(people, sign_in, pages, part):
    browser = sign_in(people.manager)

    for page in pages[part]:
        shown = browser.get(page).content.decode()
        assert "&lt;script&gt;" in shown, page
        assert "<script>alert" not in shown, page
        assert "<img src=x" not in shown, page


@pytest.mark.parametrize("part", ["event", "order", "message"])
def test_another_citys_people_find_nothing(people, sign_in, pages, part):
    browser = sign_in(people.stranger)

    assert browser.get(pages[part][0]).status_code == 404


@pytest.mark.parametrize("part", ["survey", "template"])
def test_script_of_supervisors_and_customers_is_shown_as_text(people, sign_in, pages, part):
    browser = sign_in(people.supervisor)

    for page in pages[part]:
        answer = browser.get(page)
        shown = answer.content.decode()
        assert answer.status_code == 200, page
        assert "&lt;script&gt;" in shown, page
        assert "<script>alert" not in shown, page
        assert "<img src=x" not in shown, page


def test_another_citys_people_find_no_survey_of_a_customer(people, sign_in, pages):
    assert sign_in(people.stranger).get(pages["survey"][0]).status_code == 404
