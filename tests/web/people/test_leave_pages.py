"""Leave entered by oneself and by the leader, changed, ended; the list of who is away."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dakehu.people.models import Leave

HTMX = {"HTTP_HX_REQUEST": "true"}


def url(staff, *parts):
    return "/people/staff/" + "/".join(str(part) for part in (staff.pk, "leave", *parts)) + "/"


def days(first, last):
    today = timezone.localdate()
    return {
        "starts_at": today + timedelta(days=first),
        "ends_at": today + timedelta(days=last),
    }


def told(response):
    """Return what the next page reports."""
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize("part", ["manager", "supervisor"])
def test_leave_is_entered_by_oneself_and_by_the_leader(sign_in, people, part):
    client = sign_in(people.everybody[part])
    sent = {**days(0, 2), "deputy": people.colleague.pk, "reason": "年休假"}

    response = client.post(url(people.manager, "add"), sent, follow=True)

    leave = Leave.objects.get()
    assert leave.deputy == people.colleague
    assert leave.ends_at - leave.starts_at == timedelta(days=3)
    assert "休假已登记。" in told(response)
    assert "李强" in client.get(url(people.manager)).content.decode()
    assert "休假至" in client.get(f"/people/staff/{people.manager.pk}/").content.decode()


def test_a_colleague_does_not_enter_it(sign_in, people):
    response = sign_in(people.colleague).post(url(people.manager, "add"), days(0, 1))

    assert response.status_code == 403


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_at": "2020-01-01"}, "ends_at"),
        ({"ends_at": "9999-12-31"}, "ends_at"),
        ({"starts_at": "yesterday"}, "starts_at"),
        ({"deputy": "999999"}, "deputy"),
    ],
)
def test_what_cannot_stand_is_refused_at_its_field(sign_in, people, changes, field):
    sent = {**days(0, 1), **changes}

    response = sign_in(people.manager).post(url(people.manager, "add"), sent, **HTMX)

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Leave.objects.exists()


def test_without_a_deputy_a_warning_is_given(sign_in, people):
    client = sign_in(people.manager)

    response = client.post(url(people.manager, "add"), days(1, 2), follow=True)

    assert any("未指定代班人" in words for words in told(response))


def test_who_stands_in_for_others_is_warned(sign_in, people):
    sign_in(people.manager).post(
        url(people.manager, "add"), {**days(1, 5), "deputy": people.colleague.pk}
    )

    response = sign_in(people.colleague).post(
        url(people.colleague, "add"), days(2, 3), follow=True
    )

    assert any("王芳" in words for words in told(response))


def test_a_leave_is_changed_ended_and_two_changes_are_told_apart(sign_in, people):
    client = sign_in(people.supervisor)
    client.post(url(people.manager, "add"), days(-1, 2))
    leave = Leave.objects.get()
    shown = client.get(url(people.manager, leave.pk), **HTMX).content.decode()
    assert str(timezone.localdate() + timedelta(days=2)) in shown

    sent = {**days(-1, 3), "version": 1}
    assert client.post(url(people.manager, leave.pk), sent).status_code == 302
    late = {**days(-1, 4), "version": 1}
    assert client.post(url(people.manager, leave.pk), late).status_code == 409

    client.post(url(people.manager, leave.pk, "end"))
    leave.refresh_from_db()
    assert leave.ends_at <= timezone.now()
    response = client.post(url(people.manager, leave.pk, "end"), follow=True)
    assert any("已结束" in words for words in told(response))


def test_the_list_tells_who_is_away(sign_in, people):
    client = sign_in(people.supervisor)
    client.post(url(people.manager, "add"), days(-1, 2))
    client.post(url(people.colleague, "add"), {**days(3, 4), "deputy": people.manager.pk})

    def listed(**query):
        return client.get("/people/leave/", query).content.decode()

    assert "王芳" in listed(when="now")
    assert "李强" not in listed(when="now")
    assert "李强" in listed(when="coming")
    assert "王芳" not in listed(when="over")
    assert "李强" in listed(deputy=people.manager.pk)


def test_the_list_takes_a_constant_number_of_queries(
    sign_in, people, django_assert_max_num_queries
):
    now = timezone.now()
    for ago in range(30):
        people.manager.leaves.create(
            starts_at=now - timedelta(days=2 * ago + 1), ends_at=now - timedelta(days=2 * ago)
        )
    client = sign_in(people.supervisor)

    with django_assert_max_num_queries(14):
        client.get("/people/leave/")
