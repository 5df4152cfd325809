"""Hand-outs and their tasks, for those who may see them; who can be handed out (T23)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.http import Http404

from dakehu.people.policies import reach
from dakehu.people.queries import deputies_now, fallback_owners, units_within
from dakehu.targets.choices import TARGET, GroupState, HandOutState, TaskState
from dakehu.targets.models import HandOut, HandOutTask, TargetGroup, TargetMember
from dakehu.targets.policies import VIEW
from dakehu.targets.queries.groups import GONE, groups_visible_to, units_above
from dakehu.targets.queries.operands import units_below
from dakehu.targets.rules.handing import owner_for
from dakehu.targets.values import Candidate
from dakehu.tiering.queries.choosing import values_of
from dakehu.worklist.queries import asked_of

if TYPE_CHECKING:
    from dakehu.people.models import Staff

GONE_FOR_GOOD = GONE | Q(customer__merged_into__isnull=False)


def hand_outs_visible_to(actor: "Staff") -> QuerySet[HandOut]:
    """Return the hand-outs that concern the actor: of whole groups, and of units near theirs."""
    near = Q(unit__isnull=True) | Q(unit__in=units_above(actor))
    near |= Q(unit__in=units_within(actor).values("pk"))
    known = HandOut.objects.filter(near, group__in=groups_visible_to(actor).values("pk"))
    return known.select_related("group__unit", "unit", "created_by", "undone_by")


def hand_outs_of(actor: "Staff", group: TargetGroup) -> QuerySet[HandOut]:
    """Return the hand-outs of a group that concern the actor, the newest first."""
    return hand_outs_visible_to(actor).filter(group=group).order_by("-pk")


def get_hand_out(actor: "Staff", pk: int) -> HandOut:
    """
    Return one hand-out of a group that concerns the actor.

    :raises Http404: if there is none with that number.
    """
    found = hand_outs_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def tasks_with_todos() -> QuerySet[Any]:
    """Return all tasks with what their to-dos know: state, owner, and the owner's name."""
    todo = asked_of(TARGET).filter(source_id=OuterRef("pk"))
    # A task that is not asked for yet waits.
    waits = When(todo_state=None, then=Value(TaskState.HELD.value))
    found: QuerySet[Any] = HandOutTask.objects.annotate(
        todo_state=Subquery(todo.values("state")),
        owner=Subquery(todo.values("owner")),
        owner_name=Subquery(todo.values("owner__name")),
        state=Case(waits, default="todo_state"),
    )
    return found


def tasks_visible_to(actor: "Staff") -> QuerySet[Any]:
    """Return the tasks about customers within the actor's reach, and those that are theirs."""
    if not actor.may(VIEW):
        return HandOutTask.objects.none()
    within = reach(
        actor,
        unit="customer__unit",
        owner="customer__manager",
        customer="customer",
        city="customer__city_code",
    )
    found = tasks_with_todos().filter(within | Q(owner=actor.pk) if within else Q())
    return found.select_related("customer__unit", "hand_out__group", "recorded_by")


def get_task(actor: "Staff", pk: int) -> Any:
    """
    Return one task.

    :raises Http404: if there is none with that number within the actor's reach.
    """
    found = tasks_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


Progress = tuple[int | None, str, str, int]
"""Owner, state, result, and how many tasks."""


def progress_of(actor: "Staff", hand_out: HandOut) -> list[Progress]:
    """Count the tasks of a hand-out by owner, state and result, within the actor's reach."""
    names = ("owner", "state", "result")
    found = tasks_visible_to(actor).filter(hand_out=hand_out).order_by().select_related(None)
    counted = found.values(*names).annotate(count=Count("pk"))
    return list(counted.values_list(*names, "count"))


def task_counts(actor: "Staff", group: TargetGroup) -> dict[int, dict[str, int]]:
    """Count the tasks of every hand-out of a group by state, within the actor's reach."""
    found = tasks_visible_to(actor).filter(hand_out__group=group).order_by().select_related(None)
    counted = found.values("hand_out", "state").annotate(count=Count("pk"))
    counts: dict[int, dict[str, int]] = {}
    for hand_out, state, count in counted.values_list("hand_out", "state", "count"):
        counts.setdefault(hand_out, {})[state] = count
    return counts


def begun_tasks(hand_out: HandOut) -> int:
    """Return how many tasks of a hand-out somebody has done, or recorded something of."""
    begun = Q(todo_state=TaskState.DONE) | ~Q(result="")
    return tasks_with_todos().filter(begun, hand_out=hand_out).count()


def open_hand_outs() -> QuerySet[HandOut]:
    """Return the hand-outs of locked groups that were carried out, whoever asks."""
    found = HandOut.objects.filter(state=HandOutState.READY, group__state=GroupState.LOCKED)
    return found.select_related("group").order_by("pk")


def handed_by_others(group: TargetGroup) -> dict[int, str]:
    """Return whom hand-outs of other open groups ask about, and the name of such a group."""
    tasks = HandOutTask.objects.filter(
        hand_out__group__state=GroupState.LOCKED, hand_out__group__removed_at__isnull=True
    ).exclude(hand_out__group=group)
    tasks = tasks.exclude(hand_out__state=HandOutState.UNDONE).order_by("-pk")
    mine = group.members.filter(dropped_on__isnull=True).values("customer")
    found = tasks.filter(customer__in=mine)
    return dict(found.values_list("customer", "hand_out__group__name"))


def handed_before(group: TargetGroup) -> frozenset[int]:
    """Return whom the group's own hand-outs ask about already."""
    tasks = HandOutTask.objects.filter(hand_out__group=group)
    tasks = tasks.exclude(hand_out__state=HandOutState.UNDONE).order_by()
    return frozenset(tasks.values_list("customer", flat=True))


def candidates_of(
    group: TargetGroup, *, unit: int | None, rank_by: str, day: date | None
) -> list[Candidate]:
    """
    Return the members who can be handed out, each with whom the task goes to.

    Customers who have left, and those whom the group has handed out before, are none. ``unit``
    asks for its members alone, with those of the units below it.
    """
    before, others = handed_before(group), handed_by_others(group)
    worth: Mapping[str, int] = {}
    if rank_by and day is not None:
        worth = values_of(rank_by, group.kind, day=day)
    deputies, stand_ins = deputies_now(), fallback_owners()
    found = TargetMember.objects.filter(group=group, dropped_on__isnull=True)
    if unit is not None:
        found = found.filter(customer__unit__in=units_below().get(unit, ()))
    rows = (
        found.exclude(GONE_FOR_GOOD)
        .order_by()
        .values_list("customer", "customer__number", "customer__unit", "customer__manager")
    )
    return [
        Candidate(
            customer_id=customer,
            number=number,
            unit_id=unit,
            owner_id=owner_for(manager, unit, deputies=deputies, stand_ins=stand_ins),
            worth=worth.get(number),
            handed_by=others.get(customer, ""),
            stands_in=manager in deputies,
        )
        for customer, number, unit, manager in rows.iterator(chunk_size=20_000)
        if customer not in before
    ]


def tasks_of_customer(actor: "Staff", customer_id: int) -> list[Any]:
    """Return the tasks about a customer within the actor's reach, the newest first."""
    found = tasks_visible_to(actor).filter(customer=customer_id)
    return list(found.exclude(hand_out__state=HandOutState.UNDONE).order_by("-pk"))


def tasks_gone(hand_out: HandOut) -> Iterable[int]:
    """Return the tasks of a hand-out that wait for customers who have left or were merged."""
    waiting = Q(todo_state__in=[TaskState.OPEN, TaskState.HELD])
    found = tasks_with_todos().filter(waiting, GONE_FOR_GOOD, hand_out=hand_out)
    return list(found.order_by().values_list("pk", flat=True))


def waiting_by_owner(hand_out: HandOut) -> dict[int | None, int]:
    """Return who has tasks that wait for their turn, and how many are open beside them."""
    found = tasks_with_todos().filter(hand_out=hand_out).order_by()
    held = set(found.filter(todo_state=TaskState.HELD).values_list("owner", flat=True))
    counted = found.filter(todo_state=TaskState.OPEN).values("owner").annotate(n=Count("pk"))
    opened = dict(counted.values_list("owner", "n"))
    return {owner: opened.get(owner, 0) for owner in held}


def next_in_line(hand_out: HandOut, owner: int | None, count: int) -> list[int]:
    """Return the tasks of an owner whose turn is next."""
    found = tasks_with_todos().filter(hand_out=hand_out, todo_state=TaskState.HELD)
    mine = found.filter(owner=owner) if owner else found.filter(owner__isnull=True)
    return list(mine.order_by(F("rank"), "pk").values_list("pk", flat=True)[:count])
