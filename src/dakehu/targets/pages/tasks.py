"""What the preview of a hand-out and its progress show (T23)."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from dakehu.people.queries import units_within
from dakehu.targets.choices import RESULT_TONES, TASK_TONES, HandOutState, Result, TaskState
from dakehu.targets.pages.groups import HandOutLine, hand_out_line, is_running
from dakehu.targets.policies import HAND_OUT
from dakehu.targets.queries import tasks as queries
from dakehu.targets.queries.groups import members_now, part_handed_by
from dakehu.targets.rules.handing import queued
from dakehu.tiering.queries.simulations import managers_seen

if TYPE_CHECKING:
    from dakehu.people.models import Staff, Unit
    from dakehu.targets.models import HandOut, TargetGroup
    from dakehu.targets.values import Candidate, Order

PERCENT = 100


@dataclass(frozen=True)
class OwnerLine:
    """Whom a hand-out would ask: how much at once, how much waits, and for whom they stand in."""

    name: str
    at_once: int
    later: int
    is_deputy: bool


@dataclass(frozen=True)
class Preview:
    """What a hand-out would do, before it does it."""

    members: int
    tasks: int
    owners: tuple[OwnerLine, ...]
    nobody: int
    others: tuple[tuple[str, int], ...]
    is_sparing: bool
    before: int
    gone: int
    # The unit whose members alone are handed out; None for everybody.
    part: "Unit | None"


def preview_of(actor: "Staff", group: "TargetGroup", order: "Order | None") -> Preview:
    """Gather what a hand-out would do; without an order, who could be handed out."""
    part = part_handed_by(actor, group)
    found = queries.candidates_of(group, unit=part.pk if part else None, rank_by="", day=None)
    spares = order.spare_others if order else True
    kept = [each for each in found if not (spares and each.handed_by)]
    others = Counter(each.handed_by for each in found if each.handed_by)
    members = members_now(actor, group)
    gone = members.filter(queries.GONE_FOR_GOOD).count()
    total = members.count()
    return Preview(
        members=total,
        tasks=len(kept),
        owners=owner_lines(actor, kept, order.per_person if order else 0),
        nobody=sum(each.owner_id is None for each in kept),
        others=tuple(others.most_common()),
        is_sparing=spares,
        before=max(total - gone - len(found), 0),
        gone=gone,
        part=part,
    )


def owner_lines(
    actor: "Staff", candidates: "list[Candidate]", per_person: int
) -> tuple[OwnerLine, ...]:
    """Return whom a hand-out would ask, those with the most tasks first."""
    counts: dict[int | None, list[int]] = defaultdict(lambda: [0, 0])
    for place in queued(candidates, per_person=per_person):
        counts[place.candidate.owner_id][not place.at_once] += 1
    seen = managers_seen(actor, counts)
    deputies = {each.owner_id for each in candidates if each.stands_in}
    lines = [
        OwnerLine(
            seen.get(owner, _("Somebody beyond your reach")) if owner else _("Nobody"),
            *numbers,
            is_deputy=owner in deputies,
        )
        for owner, numbers in counts.items()
    ]
    return tuple(sorted(lines, key=lambda each: (-each.at_once - each.later, each.name)))


@dataclass(frozen=True)
class ResultFigure:
    """How many tasks have a result, their share of the done ones, and the very list."""

    label: str
    tone: str
    count: int
    url: str


@dataclass(frozen=True)
class OwnerProgress:
    """How far somebody is with a hand-out."""

    name: str
    line: HandOutLine
    results: tuple[int, ...]
    url: str


@dataclass(frozen=True)
class HandOutPage:
    """One hand-out: how far it is, what came of it, and who is how far."""

    hand_out: "HandOut"
    line: HandOutLine
    results: tuple[ResultFigure, ...]
    unrecorded: int
    owners: tuple[OwnerProgress, ...]
    columns: tuple[str, ...]
    tasks_url: str
    may_undo: bool
    may_go_on: bool

    @property
    def is_busy(self) -> bool:
        """Whether background work goes on with it."""
        return is_running(self.hand_out)

    @property
    def percent(self) -> int:
        """How much of the background work is done."""
        asked = self.hand_out
        return int(asked.done * PERCENT // asked.total) if asked.total else 0


def hand_out_page(actor: "Staff", hand_out: "HandOut") -> HandOutPage:
    """Gather how far a hand-out is, within the actor's reach."""
    found = queries.progress_of(actor, hand_out)
    states: Counter[str] = Counter()
    results: Counter[str] = Counter()
    for _owner, state, result, count in found:
        states[state] += count
        results[result] += count
    used = [each for each in Result if results[each]]
    whose = hand_out.unit_id or hand_out.group.unit_id
    may = actor.may(HAND_OUT) and units_within(actor).filter(pk=whose).exists()
    begun = states[TaskState.DONE] + sum(results[each] for each in used)
    return HandOutPage(
        hand_out=hand_out,
        line=hand_out_line(hand_out, states),
        results=tuple(result_figure(hand_out, each, results[each]) for each in used),
        unrecorded=sum(n for _o, state, result, n in found if state == "DONE" and not result),
        owners=owner_progress(actor, hand_out, found, used),
        columns=tuple(str(each.label) for each in used),
        tasks_url=tasks_url(hand_out),
        may_undo=may and not begun and hand_out.state != HandOutState.UNDONE,
        may_go_on=may and hand_out.state == HandOutState.FAILED,
    )


def tasks_url(hand_out: "HandOut", **narrowed: Any) -> str:
    """Return the list of tasks of a hand-out, narrowed."""
    query = {"group": hand_out.group_id, "hand_out": hand_out.pk, **narrowed}
    return f"{reverse('targets:task_list')}?{urlencode(query)}"


def result_figure(hand_out: "HandOut", result: Result, count: int) -> ResultFigure:
    """Return how many tasks have a result."""
    url = tasks_url(hand_out, result=result.value)
    return ResultFigure(str(result.label), RESULT_TONES[result], count, url)


def owner_progress(
    actor: "Staff", hand_out: "HandOut", found: list[queries.Progress], used: list[Result]
) -> tuple[OwnerProgress, ...]:
    """Return who is how far, those with the most open first."""
    states: dict[int | None, Counter[str]] = defaultdict(Counter)
    results: dict[int | None, Counter[str]] = defaultdict(Counter)
    for owner, state, result, count in found:
        states[owner][state] += count
        results[owner][result] += count
    seen = managers_seen(actor, states)
    if actor.pk in states:
        seen[actor.pk] = str(actor)
    lines = [
        OwnerProgress(
            seen.get(owner, _("Somebody beyond your reach")) if owner else _("Nobody"),
            hand_out_line(hand_out, states[owner]),
            tuple(results[owner][each] for each in used),
            tasks_url(hand_out, owner=owner or "none"),
        )
        for owner in states
    ]
    return tuple(sorted(lines, key=lambda each: (-each.line.opened, each.name)))


@dataclass(frozen=True)
class TaskPage:
    """One task: about whom, what is to be done, what came of it."""

    task: Any
    customer_url: str
    may_record: bool
    state: str
    tone: str
    result: str
    result_tone: str


def task_page(task: Any, *, may_handle: bool) -> TaskPage:
    """Gather one task."""
    state = TaskState(task.state)
    return TaskPage(
        task,
        reverse("desk:customer", args=[task.customer_id]),
        may_handle and task.todo_state not in {None, TaskState.CANCELLED},
        str(state.label),
        TASK_TONES[state],
        str(Result(task.result).label) if task.result else "",
        RESULT_TONES.get(task.result, "neutral"),
    )
