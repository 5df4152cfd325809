"""Hand-outs on screen: preview, order, progress, results, the customer's panel."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories.customers import CustomerFactory
from tests.factories.targets import hand_out, make_locked

from dakehu.targets.models import HandOut, HandOutTask
from dakehu.worklist.models import Todo


@pytest.fixture
def group(people, at):
    members = [CustomerFactory(manager=people.manager) for _ in range(3)]
    members.append(CustomerFactory(manager=people.colleague))
    return make_locked(people.supervisor, members, unit=people.units.city, at=at)


def order(**values):
    due = timezone.localdate() + timedelta(days=7)
    told = {"text": "回访客户", "due_date": due.isoformat(), "per_person": 2}
    return told | {"spare_others": "on", **values}


def test_it_is_previewed_then_handed_out_then_worked_on(sign_in, people, group, finish_work):
    url = reverse("targets:hand_out_new", args=[group.pk])
    browser = sign_in(people.supervisor, headers={"accept-language": "en"})
    first = browser.get(url).content.decode()

    preview = browser.post(url, order(act="preview")).content.decode()
    assert not HandOut.objects.exists()
    answer = browser.post(url, order(act="hand-out"))
    busy = browser.get(answer.url).content.decode()
    finish_work()
    page = browser.get(answer.url).content.decode()

    assert 'value="hand-out"' not in first
    assert 'data-tasks="4"' in preview
    assert 'value="hand-out"' in preview
    assert "every 2s" in busy
    assert "every 2s" not in page
    manager = sign_in(people.manager, headers={"accept-language": "en"})
    todos = manager.get(reverse("worklist:list"), {"owner": "me", "state": "OPEN"})
    assert todos.content.decode().count("回访客户") >= 2
    task = HandOutTask.objects.filter(asked=people.manager).order_by("rank").first()
    where = reverse("targets:task", args=[task.pk])
    assert "回访客户" in manager.get(where).content.decode()
    manager.post(f"{where}record/", {"result": "INTERESTED", "note": "要资料"})
    task.refresh_from_db()
    assert (task.result, task.note, task.recorded_by) == ("INTERESTED", "要资料", people.manager)
    page = browser.get(answer.url).content.decode()
    assert "1 / 4" in page
    assert "Interested" in page
    listed = browser.get(reverse("targets:task_list"), {"result": "INTERESTED"}).content.decode()
    assert 'data-total="1"' in listed


def test_a_city_is_told_that_it_hands_out_its_own_part(sign_in, people, at):
    members = [CustomerFactory(manager=people.manager)]
    members.append(CustomerFactory(unit=people.units.other_district, city_code="02"))
    group = make_locked(people.administrator, members, unit=people.units.province, at=at)
    browser = sign_in(people.supervisor, headers={"accept-language": "en"})
    url = reverse("targets:hand_out_new", args=[group.pk])

    assert url in browser.get(reverse("targets:group", args=[group.pk])).content.decode()
    preview = browser.post(url, order(act="preview")).content.decode()

    assert "you hand out the members of" in preview
    assert 'data-tasks="1"' in preview


@pytest.mark.parametrize(
    "fields", [{"text": ""}, {"due_date": "2020-01-01"}, {"per_person": "-1"}, {"due_date": "x"}]
)
def test_what_cannot_be_handed_out_is_said_on_the_form(sign_in, people, group, fields):
    url = reverse("targets:hand_out_new", args=[group.pk])

    answer = sign_in(people.supervisor).post(url, order(act="hand-out", **fields))

    assert answer.status_code == 422
    assert not HandOut.objects.exists()


def test_overlap_with_another_open_group_is_shown_before(sign_in, people, group, at):
    shared = group.members.first().customer
    other = make_locked(people.supervisor, [shared], unit=people.units.city, at=at, name="老客户")
    hand_out(other, people.supervisor, at=at)
    url = reverse("targets:hand_out_new", args=[group.pk])

    page = sign_in(people.supervisor).get(url).content.decode()

    assert "老客户" in page
    assert 'data-tasks="3"' in page


def test_it_is_taken_back_before_anybody_began(sign_in, people, group, at):
    made = hand_out(group, people.supervisor, at=at)

    sign_in(people.supervisor).post(reverse("targets:hand_out_undo", args=[made.pk]))

    made.refresh_from_db()
    assert (made.state, made.undone_by) == ("UNDONE", people.supervisor)
    assert set(Todo.objects.values_list("state", flat=True)) == {"CANCELLED"}


def test_a_broken_off_one_goes_on(sign_in, people, group, at, finish_work):
    made = hand_out(group, people.supervisor, at=at)
    HandOut.objects.filter(pk=made.pk).update(state="FAILED", error="中断", done=2)

    sign_in(people.supervisor).post(reverse("targets:hand_out_go_on", args=[made.pk]))
    finish_work()

    made.refresh_from_db()
    assert (made.state, made.error, made.done) == ("READY", "", 4)


@pytest.mark.parametrize(("who", "count"), [("manager", 3), ("colleague", 1), ("stranger", 0)])
def test_everybody_sees_their_own_tasks(sign_in, people, group, at, who, count):
    hand_out(group, people.supervisor, at=at)

    page = sign_in(people.everybody[who]).get(reverse("targets:task_list")).content.decode()

    assert f'data-total="{count}"' in page


def test_a_stranger_records_nothing(sign_in, people, group, at):
    made = hand_out(group, people.supervisor, at=at)
    url = reverse("targets:task_record", args=[made.tasks.first().pk])

    assert sign_in(people.stranger).post(url, {"result": "REACHED"}).status_code == 404
    assert sign_in(people.province_analyst).post(url, {"result": "REACHED"}).status_code == 403


def test_the_progress_costs_the_same_however_many(
    sign_in, people, group, at, django_assert_max_num_queries
):
    made = hand_out(group, people.supervisor, at=at)
    browser = sign_in(people.supervisor)
    browser.get(reverse("targets:hand_out", args=[made.pk]))

    with django_assert_max_num_queries(20):
        browser.get(reverse("targets:hand_out", args=[made.pk]))


def test_the_customer_tells_of_its_groups_and_tasks(sign_in, people, group, at):
    hand_out(group, people.supervisor, at=at)
    customer = group.members.first().customer
    url = reverse("targets:customer_panel", args=[customer.pk])

    page = sign_in(people.manager).get(url).content.decode()

    assert group.name in page
    assert "回访并推荐千兆宽带" in page
