"""Which case goes before which: by the customer's level and what they ask (C3, C13)."""

from dakehu.cases.choices import CaseKind, Priority
from dakehu.tiering.choices import Grade

URGENT = frozenset({CaseKind.FAULT, CaseKind.COMPLAINT})
UNHURRIED = frozenset({CaseKind.SUGGESTION})

BY_GRADE = {
    "urgent": {
        Grade.TOP: Priority.FIRST,
        Grade.MIDDLE: Priority.SECOND,
        Grade.BASE: Priority.SECOND,
        Grade.NONE: Priority.NORMAL,
    },
    "batch": {
        Grade.TOP: Priority.FIRST,
        Grade.MIDDLE: Priority.SECOND,
        Grade.BASE: Priority.NORMAL,
        Grade.NONE: Priority.NORMAL,
    },
    "usual": {
        Grade.TOP: Priority.SECOND,
        Grade.MIDDLE: Priority.NORMAL,
        Grade.BASE: Priority.NORMAL,
        Grade.NONE: Priority.LOW,
    },
    "unhurried": {
        Grade.TOP: Priority.NORMAL,
        Grade.MIDDLE: Priority.LOW,
        Grade.BASE: Priority.LOW,
        Grade.NONE: Priority.LOW,
    },
}


def priority_for(kind: str, grade: str) -> Priority:
    """
    Return the priority of a case of a kind for a customer of a grade.

    Batch business: the upper levels first, the middle ones second (C3). Complaints and faults go
    before what can wait; within all of them the higher level goes first (C13).
    """
    return BY_GRADE[row_of(kind)][Grade(grade)]


def row_of(kind: str) -> str:
    """Return the row of the table that a kind is judged by."""
    if kind in URGENT:
        return "urgent"
    if kind == CaseKind.BATCH:
        return "batch"
    return "unhurried" if kind in UNHURRIED else "usual"
