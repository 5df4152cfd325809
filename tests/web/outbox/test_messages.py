"""Messages to customers on screen (G5)."""

from django.urls import reverse
from tests.factories.outbox import PHONE, refuse, write

from dakehu.outbox.models import Message, Refusal


def test_a_message_is_written_shown_masked_and_withdrawn(sign_in, people, customers):
    client = sign_in(people.manager)
    typed = {"to": "other", "other": PHONE, "purpose": "SERVICE", "text": "<b>您好</b>"}

    answer = client.post(reverse("outbox:write", args=[customers.own.pk]), typed, follow=True)

    page = answer.content.decode()
    assert "消息即将发出" in page
    assert "136****0077" in page
    assert PHONE not in page
    assert "&lt;b&gt;您好" in page
    message = Message.objects.get()
    client.post(reverse("outbox:withdraw", args=[message.pk]))
    message.refresh_from_db()
    assert message.state == "WITHDRAWN"


def test_a_refusal_is_noted_respected_in_words_and_lifted_by_a_leader(sign_in, people, customers):
    theirs, boss = sign_in(people.manager), sign_in(people.supervisor)
    noted = {"to": PHONE, "purpose": "", "source": "CALL", "note": ""}
    theirs.post(reverse("outbox:refusal_add"), noted)
    typed = {"to": "other", "other": PHONE, "purpose": "SERVICE", "text": "您好"}

    refused = theirs.post(reverse("outbox:write", args=[customers.own.pk]), typed)

    assert refused.status_code == 422
    assert "已拒收此类消息" in refused.content.decode()
    assert not Message.objects.exists()
    refusal = Refusal.objects.get()
    boss.post(reverse("outbox:refusal_lift", args=[refusal.pk]))
    assert theirs.post(reverse("outbox:write", args=[customers.own.pk]), typed).status_code == 302


def test_the_list_says_that_messages_wait_and_costs_the_same_for_many(
    sign_in, people, customers, at, django_assert_max_num_queries
):
    client = sign_in(people.manager)
    for number in range(12):
        write(customers.own, people.manager, at=at, to=f"136123400{number:02}")
    refuse(people.manager, at=at)

    with django_assert_max_num_queries(25):
        page = client.get(reverse("outbox:list")).content.decode()

    assert "尚未配置发送通道" in page
    panel = client.get(reverse("outbox:customer_panel", args=[customers.own.pk]))
    assert "共 12 条消息" in panel.content.decode()
