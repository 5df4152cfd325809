"""Scenarios of the change log: the matrix of channels."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from tests.db.change_log.scenarios import fresh, scenario
from tests.factories.channels import draft_of_matrix, priced
from tests.factories.people import StaffFactory

from dakehu.channels import operations as channels


@scenario("form", "channels.matrixversion")
def a_matrix_is_drafted_changed_proposed_published_and_withdrawn(w: Any) -> Iterator[None]:
    second = StaffFactory(unit=w.by.unit, role=w.by.role)
    yield
    row = draft_of_matrix(w.by, at=w.at)
    yield
    priced(row, w.by, at=w.at)
    yield
    channels.propose_matrix(
        draft=fresh(row), active_from=date(2099, 1, 1), reason="试行", by=w.by, at=w.at
    )
    yield
    waiting = fresh(row)
    channels.publish_matrix(proposed=waiting, version=waiting.version, by=second, at=w.at)
    yield
    channels.withdraw_matrix(held=fresh(row), by=w.by, at=w.at)
