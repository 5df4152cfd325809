"""Sharing: what lies in one's own scope, with somebody who can use it, until a moment."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from dakehu.audit.queries import changes_of
from dakehu.people import operations, queries
from dakehu.people.choices import ShareSubject
from dakehu.people.errors import UnableToShare
from dakehu.people.models import Share
from dakehu.people.values import NewShare

DAY = timedelta(days=1)


@pytest.fixture
def now():
    """The clock of the machine, which the database on it has too."""
    return timezone.now()


@pytest.fixture
def new(people, now):
    """For the manager of the other city, for a week."""
    return NewShare(staff=people.stranger, until=now + 7 * DAY, reason="跨市联合服务")


def test_a_manager_is_shared_and_logged(people, new, now):
    share = operations.share_manager(people.manager, share=new, by=people.supervisor, at=now)

    assert (share.subject, share.subject_id) == (ShareSubject.MANAGER, people.manager.pk)
    assert (share.subject_name, share.starts_at) == ("王芳", now)
    assert changes_of(share).get().reason == "跨市联合服务"


def test_a_unit_is_shared(people, new, now):
    share = operations.share_unit(people.units.district, share=new, by=people.supervisor, at=now)

    assert (share.subject, share.subject_name) == (ShareSubject.UNIT, "东城")


def test_nobody_shares_what_lies_beyond_their_own_units(people, new, now):
    # Even if it was shared with them: a share is not passed on.
    Share.objects.create(
        staff=people.supervisor,
        subject=ShareSubject.UNIT,
        subject_id=people.units.other_city.pk,
        by=people.administrator,
        reason="x",
        starts_at=now - DAY,
        expires_at=now + DAY,
    )
    new = replace(new, staff=people.manager)

    with pytest.raises(UnableToShare):
        operations.share_manager(people.stranger, share=new, by=people.supervisor, at=now)
    with pytest.raises(UnableToShare):
        operations.share_unit(people.units.other_city, share=new, by=people.supervisor, at=now)


def test_who_may_not_share_is_refused(people, new, now):
    subject = (ShareSubject.CUSTOMER, 1, "张伟")
    share = operations.give_share(subject, share=new, by=people.supervisor, at=now)

    with pytest.raises(PermissionDenied):
        operations.give_share(subject, share=new, by=people.manager, at=now)
    with pytest.raises(PermissionDenied):
        operations.withdraw_share(share, by=people.manager, at=now)


def test_the_receiver_is_somebody_else_with_an_open_account(people, new, now):
    people.stranger.is_active = False

    for receiver in (people.supervisor, people.stranger):
        with pytest.raises(UnableToShare):
            operations.share_manager(
                people.manager, share=replace(new, staff=receiver), by=people.supervisor, at=now
            )


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_an_end_is_to_come_and_within_a_year(people, new, now, days):
    new = replace(new, until=now + days * DAY)

    with pytest.raises(UnableToShare):
        operations.share_manager(people.manager, share=new, by=people.supervisor, at=now)


def test_a_share_is_withdrawn_once(people, new, now):
    share = operations.share_manager(people.manager, share=new, by=people.supervisor, at=now)

    operations.withdraw_share(share, by=people.administrator, at=now + DAY)

    assert Share.objects.get().removed_at == now + DAY
    with pytest.raises(UnableToShare):
        operations.withdraw_share(share, by=people.administrator, at=now + DAY)


def test_an_expired_share_cannot_be_withdrawn(people, new, now):
    share = operations.share_manager(people.manager, share=new, by=people.supervisor, at=now)

    with pytest.raises(UnableToShare):
        operations.withdraw_share(share, by=people.supervisor, at=now + 8 * DAY)


def test_a_share_concerns_giver_receiver_and_who_may_share_in_their_units(people, new, now):
    share = operations.share_manager(people.manager, share=new, by=people.supervisor, at=now)

    for part in ("supervisor", "stranger", "operations_center", "administrator"):
        assert queries.get_share(people.everybody[part], share.pk) == share
    for part in ("manager", "colleague", "dispatcher", "province_analyst"):
        with pytest.raises(Http404):
            queries.get_share(people.everybody[part], share.pk)


def test_who_sees_a_subject_by_shares_is_told(people, new, now):
    first = operations.share_manager(people.manager, share=new, by=people.supervisor, at=now)
    second = operations.share_unit(
        people.units.city, share=replace(new, until=now + DAY), by=people.supervisor, at=now
    )
    gone = operations.share_manager(people.manager, share=new, by=people.supervisor, at=now)
    operations.withdraw_share(gone, by=people.supervisor, at=now)

    subjects = [("MANAGER", people.manager.pk), ("UNIT", people.units.city.pk), ("CUSTOMER", None)]

    assert queries.shares_of(subjects) == [second, first]
    assert queries.shares_of([]) == []


def test_receivers_are_found_across_units(people):
    assert queries.receivers_suggested(people.supervisor, "赵") == [people.stranger]
    assert queries.receiver_named(people.supervisor, "赵敏 (stranger)") == people.stranger
    assert queries.receiver_named(people.supervisor, "赵敏") == people.stranger
    assert queries.receiver_named(people.supervisor, "NO-stranger") == people.stranger
    assert queries.receiver_named(people.supervisor, "陈静") is None
