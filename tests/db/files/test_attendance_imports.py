"""Attendance lists from a spreadsheet: who was there counts; undone, what was said holds again."""

import pytest
from tests.factories.archive import ContactFactory
from tests.factories.care import make_event, make_invitation
from tests.factories.imports import complaints, counts
from tests.factories.sheets import workbook

from dakehu.care.models import Invitation
from dakehu.obligations.models import Act

HEADS = ("Number of the event", "Customer number", "Guest", "State")


def sheet(*rows):
    return workbook([HEADS, *rows])


@pytest.fixture
def guests(people, customers, at):
    """An event to which two people of a group and a customer are invited."""
    event = make_event(people.manager, at=at, capacity=9)
    found = [
        Invitation.objects.create(
            event=event,
            customer=customers.group,
            contact=ContactFactory(customer=customers.group, name=name),
            invited_by=people.manager,
            invited_at=at,
        )
        for name in ("李主任", "赵工")
    ]
    return [*found, make_invitation(event, customers.own, people.manager, at=at)]


def test_who_was_there_counts_once_a_second_file_changes_nothing_and_undoing_gives_it_back(
    importer, guests, customers
):
    event, group = guests[0].event_id, customers.group.number
    rows = [
        (event, group, "李主任", "Was there"),
        (event, group, "赵工", "Stayed away"),
        (event, customers.own.number, "", "Was there"),
    ]
    run = importer.bring_in("attendance", sheet(*rows))

    assert counts(run) == (0, 3, 0, 0)
    assert Act.objects.filter(withdrawn_at=None).count() == 2
    assert counts(importer.check("attendance", sheet(*rows))) == (0, 0, 3, 0)

    importer.undo(run)

    for guest in guests:
        guest.refresh_from_db()
        assert guest.state == "INVITED"
    assert not Act.objects.filter(withdrawn_at=None).exists()


def test_unclear_guests_other_states_and_strangers_are_refused_at_their_cells(
    importer, guests, customers
):
    event, group = guests[0].event_id, customers.group.number
    run = importer.check(
        "attendance",
        sheet(
            (event, group, "", "Was there"),
            (event, group, "李主任", "Comes"),
            (event, group, "王五", "Was there"),
            (event + 1, group, "", "Was there"),
        ),
    )

    assert counts(run) == (0, 0, 0, 4)
    fields = {line: each[0][0] for line, each in complaints(run).items()}
    assert fields == {2: "contact", 3: "state", 4: "event", 5: "event"}
