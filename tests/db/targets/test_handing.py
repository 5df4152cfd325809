"""Hand-outs: who is asked, in which order, what came of it, and taking one back."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories.customers import CustomerFactory, GroupFactory
from tests.factories.targets import hand_out, make_locked

from dakehu.customers.operations import merge_customers
from dakehu.targets.choices import TARGET
from dakehu.targets.errors import UnableToHandOut, UnableToLock, UnableToRecord
from dakehu.targets.jobs import carry_out
from dakehu.targets.models import HandOut, HandOutTask
from dakehu.targets.operations import groups, handing
from dakehu.targets.queries.tasks import hand_outs_of, tasks_visible_to
from dakehu.targets.values import Order
from dakehu.worklist.models import Todo
from dakehu.worklist.operations import close_todos

DUE = date(2026, 3, 16)


@pytest.fixture
def members(people):
    """Five customers of the manager, two of a colleague, one of nobody, one who has left."""
    holders = [people.manager] * 5 + [people.colleague] * 2 + [None, people.manager]
    return [
        CustomerFactory(number=f"01M{n}", manager=holder, unit=people.units.district)
        for n, holder in enumerate(holders)
    ]


@pytest.fixture
def group(people, members, at):
    members[-1].retained_at = at
    members[-1].save()
    return make_locked(people.supervisor, members, unit=people.units.city, at=at)


def owners(made) -> dict[str, tuple[str | None, str]]:
    """Who is asked about whom, and whether now."""
    found = {}
    for task in HandOutTask.objects.filter(hand_out=made).select_related("customer"):
        todo = Todo.objects.select_related("owner").get(source=TARGET, source_id=task.pk)
        found[task.customer.number] = (todo.owner and todo.owner.username, todo.state)
    return found


def states(made) -> list[str]:
    return [state for _owner, state in sorted(owners(made).values(), key=str)]


def record(task, result, by, at) -> None:
    handing.record_result(task=task, result=result, note="", by=by, at=at)


def test_everybody_who_is_still_there_is_asked_about(people, group, at):
    made = hand_out(group, people.supervisor, at=at)

    told = owners(made)
    assert made.state == "READY"
    assert made.done == made.total == 8
    assert set(told) == {f"01M{n}" for n in range(8)}
    assert {told[f"01M{n}"] for n in range(5)} == {("manager", "OPEN")}
    assert told["01M5"] == ("colleague", "OPEN")
    # Nobody looks after it: the unit's telephone manager does.
    assert told["01M7"] == ("telephone_manager", "OPEN")
    todo = Todo.objects.filter(source=TARGET).first()
    assert todo.due_date == DUE
    assert todo.facts == {"group": group.name, "text": made.text}


def test_a_deputy_is_asked_while_somebody_is_on_leave(people, group):
    from django.utils import timezone

    now = timezone.now()
    people.manager.leaves.create(
        starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=3), deputy=people.colleague
    )

    told = owners(hand_out(group, people.supervisor, at=now))

    assert {told[f"01M{n}"][0] for n in range(7)} == {"colleague"}


def test_the_rest_waits_and_a_done_one_makes_room(people, group, at):
    made = hand_out(group, people.supervisor, at=at, per_person=2)
    mine = made.tasks.filter(asked=people.manager).order_by("rank")
    told = owners(made)
    assert [told[task.customer.number][1] for task in mine] == ["OPEN", "OPEN", *["HELD"] * 3]

    record(mine[0], "INTERESTED", people.manager, at)
    record(mine[1], "NOT_REACHED", people.manager, at)

    told = owners(made)
    states = [told[task.customer.number][1] for task in mine]
    assert states == ["DONE", "OPEN", "OPEN", "HELD", "HELD"]


def test_a_result_can_be_corrected_and_the_task_opens_again(people, group, at):
    made = hand_out(group, people.supervisor, at=at)
    task = made.tasks.get(customer__number="01M0")
    record(task, "REFUSED", people.manager, at)

    record(task, "LATER", people.manager, at + timedelta(days=1))

    task.refresh_from_db()
    assert (task.result, task.recorded_by) == ("LATER", people.manager)
    assert owners(made)["01M0"] == ("manager", "OPEN")


def test_a_crash_in_between_is_gone_on_with_and_asks_nobody_twice(people, group, at, monkeypatch):
    monkeypatch.setattr(handing, "BATCH", 3)
    broken = iter([False, True])
    real = handing.ask_for

    def break_off(*args, **options):
        if next(broken, False):
            raise KeyboardInterrupt
        real(*args, **options)

    monkeypatch.setattr(handing, "ask_for", break_off)
    with pytest.raises(KeyboardInterrupt):
        hand_out(group, people.supervisor, at=at)
    made = HandOut.objects.get()
    assert (made.state, made.done, made.total) == ("RUNNING", 3, 8)
    assert Todo.objects.filter(source=TARGET).count() == 3

    carry_out.call(made.pk)

    made.refresh_from_db()
    assert (made.state, made.done) == ("READY", 8)
    assert Todo.objects.filter(source=TARGET).count() == 8


def test_open_tasks_follow_a_customer_to_its_new_manager(people, group, members, at):
    made = hand_out(group, people.supervisor, at=at)

    members[0].manager = people.colleague
    members[0].save()
    Todo.objects.filter(source=TARGET, customer=members[0]).update(owner=people.colleague)

    mine = tasks_visible_to(people.colleague).filter(hand_out=made)
    assert {task.customer.number for task in mine} == {"01M0", "01M5", "01M6"}
    assert {task.owner_name for task in mine} == {"李强"}


def test_whom_another_open_group_has_handed_out_is_left_out_if_wanted(people, group, members, at):
    other = make_locked(
        people.supervisor, members[:2], unit=people.units.city, at=at, name="另一客户群"
    )
    hand_out(other, people.supervisor, at=at)

    sparing = handing.wanted(group, Order("问候", DUE), None)
    asking = handing.wanted(group, Order("问候", DUE, spare_others=False), None)

    assert len(sparing) == 6
    assert {each.handed_by for each in asking} == {"", "另一客户群"}
    groups.close_group(group=other, note="", by=people.supervisor, at=at)
    assert len(handing.wanted(group, Order("问候", DUE), None)) == 8


def test_a_second_hand_out_asks_about_newcomers_alone(people, group, at):
    hand_out(group, people.supervisor, at=at)
    newcomer = CustomerFactory(manager=people.manager, unit=people.units.district)
    group.members.create(customer=newcomer, joined_on=DUE)

    order = Order("再问候", DUE)
    asked = handing.ask_hand_out(group=group, order=order, by=people.supervisor, at=at)
    handing.carry_out(asked, now=lambda: at)

    assert [task.customer for task in asked.tasks.all()] == [newcomer]


def test_a_hand_out_nobody_has_begun_is_taken_back(people, group, at):
    made = hand_out(group, people.supervisor, at=at)

    assert handing.undo_hand_out(hand_out=made, by=people.supervisor, at=at) == 8

    assert set(states(made)) == {"CANCELLED"}
    task = made.tasks.first()
    with pytest.raises(UnableToRecord):
        record(task, "REACHED", people.manager, at)
    with pytest.raises(UnableToHandOut):
        handing.undo_hand_out(hand_out=made, by=people.supervisor, at=at)
    # All of them can be handed out again.
    assert len(handing.wanted(group, Order("问候", DUE), None)) == 8


@pytest.mark.parametrize("begun", ["result", "todo"])
def test_a_hand_out_somebody_has_begun_stays(people, group, at, begun):
    made = hand_out(group, people.supervisor, at=at)
    task = made.tasks.get(customer__number="01M0")
    if begun == "result":
        record(task, "NOT_REACHED", people.manager, at)
    else:
        todos = Todo.objects.filter(source_id=task.pk)
        close_todos(todos=todos, by=people.manager, at=at)

    with pytest.raises(UnableToHandOut, match="1"):
        handing.undo_hand_out(hand_out=made, by=people.supervisor, at=at)
    with pytest.raises(UnableToLock):
        groups.unlock_group(group=group, by=people.supervisor, at=at)


def test_the_night_drops_tasks_of_leavers_and_fills_up(people, group, members, at):
    made = hand_out(group, people.supervisor, at=at, per_person=2)
    close_todos(todos=Todo.objects.filter(customer=members[0]), by=people.manager, at=at)
    members[1].removed_at = at
    members[1].save()

    assert handing.tend_hand_outs(at=at) == (1, 2)
    assert handing.tend_hand_outs(at=at) == (0, 0)

    told = owners(made)
    mine = [told[f"01M{n}"][1] for n in range(5)]
    assert mine == ["DONE", "CANCELLED", "OPEN", "OPEN", "HELD"]


def test_closing_a_group_ends_what_is_open_and_keeps_results(people, group, at):
    made = hand_out(group, people.supervisor, at=at)
    record(made.tasks.get(customer__number="01M0"), "AGREED", people.manager, at)

    count = groups.close_group(group=group, note="完成", by=people.supervisor, at=at)

    assert count == 7
    assert owners(made)["01M0"] == ("manager", "DONE")
    assert made.tasks.exclude(result="").count() == 1


def test_what_cannot_be_handed_out_is_refused(people, group, at, settings):
    def ask(by=people.supervisor, **values):
        order = Order(**{"text": "问候", "due_date": DUE, **values})
        return handing.ask_hand_out(group=group, order=order, by=by, at=at)

    with pytest.raises(PermissionDenied):
        ask(people.manager)
    with pytest.raises(UnableToHandOut):
        ask(due_date=date(2026, 3, 1))
    settings.TARGET_TASKS_LIMIT = 7
    with pytest.raises(UnableToHandOut, match="8"):
        ask()
    settings.TARGET_TASKS_LIMIT = 8
    group.work.is_busy = True
    group.work.save()
    with pytest.raises(UnableToHandOut):
        ask()
    group.work.is_busy = False
    group.work.save()
    ask()
    with pytest.raises(UnableToHandOut):
        ask()
    groups.close_group(group=group, note="", by=people.supervisor, at=at)
    with pytest.raises(UnableToHandOut):
        ask()
    carry_out.call(HandOut.objects.get().pk)
    assert HandOut.objects.get().state == "FAILED"
    assert not HandOutTask.objects.exists()


def test_an_empty_group_is_not_handed_out(people, at):
    group = make_locked(people.supervisor, [], unit=people.units.city, at=at)

    with pytest.raises(UnableToHandOut):
        handing.ask_hand_out(group=group, order=Order("问候", DUE), by=people.supervisor, at=at)


def test_a_member_that_is_merged_makes_place_for_the_kept_customer(people, at):
    kept, gone = (GroupFactory(manager=people.manager) for _ in "12")
    group = make_locked(people.supervisor, [gone], unit=people.units.city, at=at, kind="GROUP")
    made = hand_out(group, people.supervisor, at=at)

    merge_customers(kept=kept, gone=gone, chosen=(), by=people.administrator, at=at)

    assert [each.customer for each in group.members.all()] == [kept]
    assert [each.customer for each in made.tasks.all()] == [kept]
    assert Todo.objects.get(source=TARGET).customer == kept


def test_asking_takes_few_queries_however_many(people, at, django_assert_max_num_queries):
    members = [CustomerFactory(manager=people.manager) for _ in range(30)]
    group = make_locked(people.supervisor, members, unit=people.units.city, at=at)

    with django_assert_max_num_queries(45):
        hand_out(group, people.supervisor, at=at, per_person=5)


@pytest.fixture
def of_two_cities(people, at):
    """A province's group with three members of the one city and two of the other."""
    ours = [CustomerFactory(number=f"01L{n}", manager=people.manager) for n in range(3)]
    theirs = [
        CustomerFactory(
            number=f"02L{n}",
            manager=people.stranger,
            unit=people.units.other_district,
            city_code="02",
        )
        for n in range(2)
    ]
    return make_locked(people.administrator, ours + theirs, unit=people.units.province, at=at)


def ask(group, by, at):
    made = handing.ask_hand_out(group=group, order=Order("回访", DUE), by=by, at=at)
    handing.carry_out(made, now=lambda: at)
    return made


def test_a_city_hands_its_part_out_and_the_province_the_rest(people, of_two_cities, at, english):
    local = ask(of_two_cities, people.supervisor, at)
    rest = ask(of_two_cities, people.administrator, at)

    assert local.unit == people.units.city
    assert set(owners(local)) == {"01L0", "01L1", "01L2"}
    assert rest.unit is None
    assert set(owners(rest)) == {"02L0", "02L1"}
    with pytest.raises(UnableToHandOut, match="beyond your reach"):
        handing.undo_hand_out(hand_out=rest, by=people.supervisor, at=at)
    assert handing.undo_hand_out(hand_out=local, by=people.supervisor, at=at) == 3


def test_nobody_hands_out_what_lies_beside_them(people, at, english):
    theirs = CustomerFactory(unit=people.units.other_district, city_code="02")
    group = make_locked(people.administrator, [theirs], unit=people.units.other_district, at=at)

    with pytest.raises(UnableToHandOut, match="beyond your reach"):
        ask(group, people.supervisor, at)


def test_a_city_does_not_see_what_another_hands_out(people, of_two_cities, at):
    people.stranger.role = "SUPERVISOR"
    people.stranger.save()
    local = ask(of_two_cities, people.supervisor, at)

    seen = hand_outs_of(type(people.stranger).objects.get(pk=people.stranger.pk), of_two_cities)

    assert list(seen) == []
    assert list(hand_outs_of(people.administrator, of_two_cities)) == [local]
