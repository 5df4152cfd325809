"""Greetings on screen: approved in batches, worded, recorded (C9)."""

from django.urls import reverse
from django.utils import timezone
from tests.factories.care import make_greeting

from dakehu.care.models import Festival, Greeting


def make(people, customers, **values):
    now = timezone.now()
    return make_greeting(
        customers.group, people.manager, day=timezone.localdate(), at=now, **values
    )


def test_a_batch_is_approved_worded_before_and_recorded_after(sign_in, people, customers):
    first, second = (make(people, customers, key=f"festival:{n}") for n in (1, 2))
    theirs, boss = sign_in(people.manager), sign_in(people.supervisor)
    sent = {"version": 1, "form": "MAIL", "text": "<b>新春</b>", "text_en": ""}
    theirs.post(reverse("care:greeting_edit", args=[first.pk]), sent)

    answer = boss.post(
        reverse("care:greeting_approve"), {"ids": [first.pk, second.pk]}, follow=True
    )

    assert "已审批 2 条关怀" in answer.content.decode()
    page = theirs.get(reverse("care:greeting", args=[first.pk])).content.decode()
    assert "&lt;b&gt;新春" in page
    told = {"result": "PLEASED", "note": "客户致谢"}
    theirs.post(reverse("care:greeting_record", args=[first.pk]), told)
    states = dict(Greeting.objects.values_list("pk", "state"))
    assert states == {first.pk: "DONE", second.pk: "APPROVED"}


def test_ones_own_greetings_wait_for_a_second_person(sign_in, people, customers):
    own = make_greeting(
        customers.group, people.supervisor, day=timezone.localdate(), at=timezone.now()
    )

    answer = sign_in(people.supervisor).post(
        reverse("care:greeting_approve"), {"ids": [own.pk]}, follow=True
    )

    assert "须由他人审批" in answer.content.decode()
    own.refresh_from_db()
    assert own.state == "PROPOSED"


def test_proposals_are_made_in_the_background(sign_in, people, customers, finish_work, home):
    client = sign_in(people.supervisor)

    client.post(reverse("care:greeting_propose"))

    assert finish_work() == 1
    assert client.get(reverse("care:greeting_list")).status_code == 200


def test_a_festival_is_added_refused_in_words_and_kept_no_more(sign_in, people):
    client = sign_in(people.administrator)
    sent = {"version": 0, "name": "腊八节", "calendar": "SOLAR", "month": 2, "day": 30}

    refused = client.post(reverse("care:festival_add"), sent)
    client.post(reverse("care:festival_add"), sent | {"calendar": "LUNAR", "month": 12, "day": 8})

    assert refused.status_code == 422
    assert "并非每年都有这一天" in refused.content.decode()
    festival = Festival.objects.get(name="腊八节")
    client.post(reverse("care:festival_drop", args=[festival.pk]))
    festival.refresh_from_db()
    assert festival.removed_at
