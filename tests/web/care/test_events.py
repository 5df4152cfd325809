"""Events on screen: planned, customers of a list invited, answers, the month, the panel."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from tests.factories.care import make_event, make_invitation

from dakehu.care.models import Event, Invitation


def test_an_event_is_planned_and_customers_of_a_list_are_invited(sign_in, people, customers):
    client = sign_in(people.manager)
    day = timezone.localdate() + timedelta(days=9)
    plan = {
        "version": 0, "title": "春季沙龙", "kind": "FELLOWSHIP", "day": day.isoformat(),
        "time": "14:00", "minutes": 90, "place": "体验厅", "capacity": 30,
        "cost_planned_fen": "1200.50", "unit": people.manager.unit_id, "about": "",
    }  # fmt: skip
    client.post(reverse("care:event_new"), plan)
    event = Event.objects.get()
    chosen = {"screen": "customers:group_list", "ids": customers.group.pk}

    asked = client.post(reverse("care:invite"), chosen)
    answer = {"event": event.pk, "guests": "CUSTOMER"}
    page = client.post(reverse("care:invite"), chosen | answer, follow=True).content.decode()

    assert event.cost_planned_fen == 120_050
    assert "春季沙龙" in asked.content.decode()
    assert "1 位" in page
    month = f"{reverse('care:event_calendar')}?month={day:%Y-%m}"
    assert "春季沙龙" in client.get(month).content.decode()
    panel = client.get(reverse("care:event_panel", args=[customers.group.pk]))
    assert "已邀请" in panel.content.decode()


def test_a_guest_who_finds_no_seat_is_refused_at_the_input(sign_in, people, customers):
    at = timezone.now()
    event = make_event(people.manager, at=at, day=timezone.localdate() + timedelta(days=1))
    guest = make_invitation(event, customers.own, people.manager, at=at)
    client = sign_in(people.manager)
    url = reverse("care:invitation_answer", args=[guest.pk])

    refused = client.post(url, {"state": "ACCEPTED", "seats": 3})
    client.post(url, {"state": "ACCEPTED", "seats": 3, "may_wait": "on"})

    assert refused.status_code == 422
    assert "候补" in refused.content.decode()
    assert Invitation.objects.get().state == "WAITING"
