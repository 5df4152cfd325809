"""Telling other systems what happened to cases, in the transaction in which it did."""

from datetime import datetime
from functools import partial

from dakehu.cases.choices import CASE
from dakehu.cases.models import Case
from dakehu.cases.queries.telling import told_of
from dakehu.hooks.choices import EventKind
from dakehu.hooks.operations import publish
from dakehu.hooks.values import Happened


def tell_case(case: Case, kind: EventKind, *, at: datetime) -> None:
    """Tell of a case that is under lock, or that nobody else knows yet."""
    told = Happened(kind.value, CASE, case.pk, case.number, case.version, case.unit_id, at)
    publish([told], partial(told_of, case))
