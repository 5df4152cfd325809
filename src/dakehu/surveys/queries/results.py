"""What surveys say: scores by level, unit and manager, always with how many answered (G2)."""

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count

from dakehu.surveys.choices import RANGES, InvitationState, QuestionKind, Turning
from dakehu.surveys.models import Question, Survey
from dakehu.surveys.queries.reading import (
    answers_visible_to,
    invitations_visible_to,
    questions_of,
)
from dakehu.surveys.rules import csat_of, nps_of, options_in
from dakehu.surveys.values import Csat, Nps

if TYPE_CHECKING:
    from dakehu.people.models import Staff

SHOWN_WORDS = 50


@dataclass(frozen=True)
class Scores:
    """The scores of some customers: who was asked, who answered, and how."""

    name: str
    asked: int
    answered: int
    nps: Nps
    csat: Csat


@dataclass(frozen=True)
class Told:
    """What was answered to one question: how often each answer was given, or words."""

    question: Question
    counts: list[tuple[str, int, int]]
    words: list[str]


def scores_by(actor: "Staff", survey: Survey, turning: str) -> list[Scores]:
    """Return the scores of a survey by level, unit or manager, the most asked first."""
    names = {"tier": "tier", "unit": "unit__name", "staff": "staff__name"}
    key = names[Turning(turning).value]
    rows = invitations_visible_to(actor).filter(survey=survey).order_by()
    counted = rows.values_list(key, "state", "recommend", "satisfied").annotate(Count("pk"))
    groups: dict[str, list[Any]] = defaultdict(list)
    for name, *row in counted:
        groups[name or ""].append(row)
    found = [scores_of(name, lines) for name, lines in groups.items()]
    return sorted(found, key=lambda each: (-each.asked, each.name))


def scores_of(name: str, lines: list[Any]) -> Scores:
    """Return the scores of lines of state, both scores and how often they occur."""
    recommend, satisfied = [0] * 11, [0] * 5
    for _state, first, second, count in lines:
        if first is not None:
            recommend[first] += count
        if second is not None:
            satisfied[second - 1] += count
    return Scores(
        name=name,
        asked=sum(line[-1] for line in lines),
        answered=sum(line[-1] for line in lines if line[0] == InvitationState.ANSWERED),
        nps=nps_of(recommend),
        csat=csat_of(satisfied),
    )


def all_scores(parts: list[Scores]) -> Scores:
    """Return the scores of all parts together."""
    nps = [sum(getattr(part.nps, name) for part in parts) for name in PARTS]
    satisfied = sum(part.csat.satisfied for part in parts)
    count = sum(part.csat.count for part in parts)
    return Scores(
        name="",
        asked=sum(part.asked for part in parts),
        answered=sum(part.answered for part in parts),
        nps=nps_of([nps[2], *[0] * 6, nps[1], 0, nps[0], 0]),
        csat=csat_of([count - satisfied, 0, 0, satisfied, 0]),
    )


PARTS = ("promoters", "passives", "detractors")


def told_by_question(actor: "Staff", survey: Survey) -> list[Told]:
    """Return what was answered to each question; of words the newest."""
    answers = answers_visible_to(actor, survey).order_by()
    numbers: dict[int, dict[int, int]] = defaultdict(dict)
    for question, number, count in (
        answers.filter(number__isnull=False)
        .values_list("question", "number")
        .annotate(Count("pk"))
    ):
        numbers[question][number] = count
    told = []
    for question in questions_of(survey):
        if question.kind == QuestionKind.WORDS:
            rows = answers.filter(question=question).exclude(text="").order_by("-pk")
            words = list(rows.values_list("text", flat=True)[:SHOWN_WORDS])
            told.append(Told(question, [], words))
            continue
        given = numbers[question.pk]
        whole = sum(given.values())
        counts = [
            (label, given.get(number, 0), given.get(number, 0) * 100 // whole if whole else 0)
            for number, label in answers_offered(question)
        ]
        told.append(Told(question, counts, []))
    return told


def answers_offered(question: Question, *, english: bool = False) -> list[tuple[int, str]]:
    """
    Return the numbers with which a question is answered, and what each stands for.

    In English where the question has it; the numbers are the same in both languages.
    """
    if question.kind == QuestionKind.CHOICE:
        return list(enumerate(options_in((english and question.options_en) or question.options)))
    first, last = RANGES[question.kind]
    return [(number, str(number)) for number in range(first, last + 1)]
