"""What the people of the demonstration look at."""

from dakehu.audit.models import Access
from dakehu.audit.operations import seal_trails
from dakehu.audit.queries.sealed import verify_trails
from dakehu.customers.queries import customers_visible_to
from dakehu.demo.operations import furnish_looks


def test_the_access_log_is_filled_once_in_order_within_reach_and_holds_when_sealed(
    home, people, customers, at
):
    furnish_looks(book=None, administrator=people.administrator, at=at)
    count = Access.objects.count()
    furnish_looks(book=None, administrator=people.administrator, at=at)

    looks = list(Access.objects.order_by("pk"))
    assert len(looks) == count > 0
    assert [look.at for look in looks] == sorted(look.at for look in looks)
    assert {"VIEWED", "SEARCHED", "REVEALED"} == {look.verb for look in looks}
    own = set(customers_visible_to(people.manager).values_list("pk", flat=True))
    seen = {look.subject_id for look in looks if look.actor_id == people.manager.pk}
    assert seen <= {None, *own}
    seal_trails(at=at)
    assert all(verdict.is_whole and not verdict.unsealed for verdict in verify_trails())
