"""Surveys on screen: drafted, tried, asked, answered by a link that is good once (G2)."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories.cases import close, make_case
from tests.factories.surveys import answers, invite, make_draft, make_survey

from dakehu.outbox.models import Message
from dakehu.outbox.queries import token_of
from dakehu.surveys import operations
from dakehu.surveys.models import Survey, SurveyAnswer, SurveyInvitation


@pytest.fixture(autouse=True)
def _reached(settings):
    settings.PUBLIC_URL = "https://service.example.com"


@pytest.fixture
def survey(people):
    return make_survey(people.supervisor, at=timezone.now())


def link(invitation, **options):
    token = token_of("survey", invitation.pk, on=timezone.localdate(), **options)
    return reverse("surveys:answer", args=[token])


def typed(survey, *values):
    keys = [f"q{question.pk}" for question in survey.questions.order_by("place")]
    return dict(zip(keys, values, strict=False))


def test_a_draft_is_written_runs_and_asks_after_a_trial(sign_in, people, customers):
    now = timezone.now()
    close(make_case(people.manager, customer=customers.own, at=now), people.manager, at=now)
    boss = sign_in(people.supervisor)
    boss.post(reverse("surveys:add"), {"name": "满意度", "last_day": "2099-01-01", "version": 1})
    survey = Survey.objects.get()
    ask = {"kind": "RECOMMEND", "text": "推荐吗？", "is_required": "on", "version": 1}
    refused = boss.post(
        reverse("surveys:question_add", args=[survey.pk]),
        {**ask, "kind": "CHOICE", "options": "a"},
    )
    boss.post(reverse("surveys:question_add", args=[survey.pk]), ask)
    boss.post(reverse("surveys:publish", args=[survey.pk]))
    sample = {"source": "CASES", "days": 30, "way": "SMS", "size": 5, "seed": "x", "known": 0}

    tried = boss.post(reverse("surveys:ask", args=[survey.pk]), {**sample, "try": 1})
    count = SurveyInvitation.objects.count()
    boss.post(reverse("surveys:ask", args=[survey.pk]), sample)
    close(make_case(people.manager, customer=customers.group, at=now), people.manager, at=now)
    twice = boss.post(reverse("surveys:ask", args=[survey.pk]), sample)

    assert refused.status_code == 422
    assert twice.status_code == 422
    assert "已有客户被询问" in twice.content.decode()
    assert "将询问 1 位客户" in tried.content.decode()
    assert (count, SurveyInvitation.objects.count(), Message.objects.count()) == (0, 1, 1)


def test_a_customer_answers_by_the_link_once_in_their_language(survey, people, customers):
    asked = invite(survey, customers.own, people.supervisor, at=timezone.now(), way="SMS")
    browser, url = Client(), link(asked)

    page = browser.get(url, headers={"accept-language": "en"}).content.decode()
    missing = browser.post(url, typed(survey, "9"))
    done = browser.post(url, typed(survey, "9", "4", "1", "<b>好</b>"))
    again = browser.post(url, typed(survey, "0", "1"))

    assert "Send my answers" in page
    assert str(customers.own) not in page
    assert missing.status_code == 422
    assert (done.status_code, again.status_code, browser.get(url).status_code) == (200, 410, 410)
    asked.refresh_from_db()
    assert (asked.recommend, asked.satisfied, asked.heard_by) == (9, 4, None)
    assert SurveyAnswer.objects.count() == 4


def test_a_guessed_link_one_of_a_request_and_one_of_an_ended_survey_are_refused(
    survey, people, customers
):
    asked = invite(survey, customers.own, people.supervisor, at=timezone.now(), way="SMS")
    browser, good = Client(), link(asked)
    of_case = token_of("case", asked.pk, on=timezone.localdate())

    assert browser.get(reverse("surveys:answer", args=[of_case])).status_code == 404
    assert browser.post(good[:-3] + "xx/", typed(survey, "9", "4")).status_code == 404
    operations.close_survey(survey=survey, by=people.supervisor, at=timezone.now())
    assert browser.post(good, typed(survey, "9", "4")).status_code == 410
    assert not SurveyAnswer.objects.exists()


def test_a_link_says_until_when_itself(survey, people, customers):
    asked = invite(survey, customers.own, people.supervisor, at=timezone.now(), way="SMS")

    assert Client().get(link(asked, days=-1)).status_code == 410


def test_the_public_form_is_taken_with_its_token_only(survey, people, customers):
    asked = invite(survey, customers.own, people.supervisor, at=timezone.now(), way="SMS")
    browser = Client(enforce_csrf_checks=True)

    assert browser.post(link(asked), typed(survey, "9", "4")).status_code == 403


def test_answers_on_the_telephone_and_calls_without(sign_in, people, customers):
    survey = make_survey(people.supervisor, at=timezone.now())
    first, second = (
        invite(survey, customers.own, people.supervisor, at=timezone.now()) for _turn in "ab"
    )
    client = sign_in(people.manager)

    assert str(customers.own) in client.get(reverse("surveys:calls")).content.decode()
    client.post(reverse("surveys:call", args=[first.pk]), typed(survey, "3", "2"))
    client.post(reverse("surveys:decline", args=[second.pk]), {"state": "DECLINED"})

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.heard_by, second.state) == ("ANSWERED", people.manager, "DECLINED")
    twice = client.post(reverse("surveys:call", args=[second.pk]), typed(survey, "9", "5"))
    assert twice.status_code == 422


def test_results_cost_the_same_for_many(
    sign_in, people, customers, survey, django_assert_max_num_queries
):
    for number in range(12):
        asked = invite(survey, customers.own, people.supervisor, at=timezone.now())
        given = answers(survey, number % 11, number % 5 + 1, words=f"意见{number}")
        operations.take_answers(
            invitation=asked, given=given, by=people.manager, at=timezone.now()
        )
    client = sign_in(people.supervisor)

    with django_assert_max_num_queries(28):
        page = client.get(reverse("surveys:survey", args=[survey.pk])).content.decode()
    with django_assert_max_num_queries(26):
        client.get(reverse("surveys:invitations"))

    assert "意见11" in page
    assert "净推荐值" in page


def test_a_draft_shows_its_questions_and_a_preview_keeps_nothing(sign_in, people):
    draft = make_draft(people.supervisor, at=timezone.now())
    client = sign_in(people.supervisor)

    assert (
        "最满意哪一点" in client.get(reverse("surveys:survey", args=[draft.pk])).content.decode()
    )
    preview = client.get(reverse("surveys:preview", args=[draft.pk])).content.decode()
    assert "响应快" in preview


def test_g2_questions_and_choices_follow_the_language_with_chinese_where_english_is_missing(
    sign_in, people, customers
):
    draft = make_draft(people.supervisor, at=timezone.now(), name_en="How were we?")
    choice = draft.questions.get(kind="CHOICE")
    boss, url = sign_in(people.supervisor), reverse("surveys:question", args=[choice.pk])
    told = {"kind": "CHOICE", "text": choice.text, "text_en": "What was best?"}
    told |= {"options": choice.options, "version": choice.version}
    uneven = boss.post(url, told | {"options_en": "Speed"})
    boss.post(url, told | {"options_en": "Speed\nManners"})
    operations.publish_survey(survey=draft, by=people.supervisor, at=timezone.now())
    asked = invite(draft, customers.own, people.supervisor, at=timezone.now(), way="SMS")
    browser = Client()

    english = browser.get(link(asked), headers={"accept-language": "en"}).content.decode()
    browser.post(reverse("ui:language"), {"language": "zh-hans", "next": "/"})
    chinese = browser.get(link(asked)).content.decode()
    browser.post(link(asked), typed(draft, "9", "4", "1"), headers={"accept-language": "en"})

    assert uneven.status_code == 422
    assert "一一对应" in uneven.content.decode()
    for words in ("How were we?", "What was best?", "Manners", "您愿意推荐我们吗？"):
        assert words in english
    for words in ("服务满意度", "最满意哪一点？", "态度好"):
        assert words in chinese
    assert "Manners" not in chinese
    kept = SurveyAnswer.objects.get(question=choice)
    assert (kept.number, kept.text) == (1, "态度好")
