"""
What happens when 64 people claim a thousand offers at once, and how long that takes.

Each of a thousand opportunities is offered to 64 people and claimed by eight of them, all at the
same moment, over the HTTP interface on PostgreSQL. Right is: one owner each, the one who was told
so; everybody else was refused in words; nothing else was answered. The floor is the bare driver
marking one row for each claim, in a transaction of its own::

    python -m bench.claims
    python -m bench.claims --offers 100     shorter
"""

import http.client
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from bench import opportunities
from bench.installation import Installation, run
from bench.measure import Measurement

PEOPLE, TRIES, OFFERS = 64, 8, 1_000
CLAIMED, REFUSED = 200, 409
Claim = tuple[int, int]
"""Which of the people, and which of the opportunities."""


def prepare(options: Any) -> None:
    """Make the province, and a client that may claim for people."""
    from dakehu.signin.models import ApiClient

    opportunities.prepare(options)
    ApiClient.objects.update(rights=["contacts.take", "contacts.claim"])


def spread(_options: Any) -> None:
    """Offer all opportunities to 64 people until tomorrow; print the opportunities' numbers."""
    from dakehu.opportunities.models import Offer, Opportunity
    from dakehu.people.models import Staff, Unit

    unit = Unit.objects.filter(kind="DISTRICT").first()
    at = Opportunity.objects.order_by("-pk")[0].captured_at
    people = Staff.objects.bulk_create(
        Staff(
            username=person(n), name=f"客户经理{n}", staff_no=person(n), role="ACCOUNT_MANAGER",
            unit=unit, is_active=True,
        )
        for n in range(PEOPLE)
    )  # fmt: skip
    due = at + timedelta(days=1)
    Opportunity.objects.update(due_at=due)
    found = list(Opportunity.objects.order_by("pk"))
    Offer.objects.bulk_create(
        (
            Offer(opportunity=each, receiver=one, offered_at=at, due_at=due)
            for each in found
            for one in people
        ),
        batch_size=5_000,
    )
    print(json.dumps([each.number for each in found]))


def person(number: int) -> str:
    """Return the staff number of one of the people."""
    return f"C{number:03d}"


def check(_options: Any) -> None:
    """Print who has which opportunity, and how many claims and winning offers each has."""
    from django.db.models import Count, Q

    from dakehu.opportunities.models import Opportunity

    rows = Opportunity.objects.annotate(
        claims=Count("hops", filter=Q(hops__move="CLAIM"), distinct=True),
        won=Count("offers", filter=Q(offers__ending="CLAIMED"), distinct=True),
    )
    told = {each.number: (each.receiver.staff_no, each.claims, each.won) for each in rows}
    print(json.dumps(told))


def floor(options: Any) -> None:
    """Mark as many rows as there are claims, each in a transaction of its own."""
    from django.db import connection

    begun = time.perf_counter()
    with connection.cursor() as cursor:
        for number in range(options.offers * TRIES):
            cursor.execute("BEGIN")
            row = 1 + number % options.offers
            cursor.execute(
                "SELECT id FROM opportunities_opportunity WHERE id = %s FOR UPDATE", [row]
            )
            cursor.execute("UPDATE opportunities_opportunity SET text = 'x' WHERE id = %s", [row])
            cursor.execute("COMMIT")
    print(json.dumps(time.perf_counter() - begun))


PARTS: dict[str, Callable[[Any], None]] = {
    "prepare": prepare,
    "spread": spread,
    "check": check,
    "floor": floor,
}


def measure(home: Installation) -> Iterator[Measurement]:
    """Let everybody claim at once, and see that each offer got one owner."""
    keys = home.part("prepare")
    with home.served() as port:
        line = http.client.HTTPConnection("127.0.0.1", port)
        for number in range(int(home.sizes["offers"])):
            opportunities.send(line, keys[0], f"r{number}")
        numbers = home.part("spread")
        begun = time.perf_counter()
        answers = claimed_at_once(port, keys[0], numbers)
        seconds = time.perf_counter() - begun
    owners = home.part("check")
    require_one_each(answers, [(number, *owners[number]) for number in numbers])
    told = Counter(answers.values())
    print(f"  {seconds:.1f} s; answered: {dict(told)}; one owner each")
    work = f"opportunities: {len(answers):,} claims of {len(numbers):,} offers by {PEOPLE}"
    yield Measurement(work, home.part("floor"), seconds, float("inf"), 0)


def claimed_at_once(port: int, key: str, numbers: list[str]) -> dict[Claim, int]:
    """Let every person claim their share in an order of their own; return what was answered."""
    shares: list[list[int]] = [[] for _ in range(PEOPLE)]
    for place in range(len(numbers)):
        for one in random.sample(range(PEOPLE), TRIES):
            shares[one].append(place)
    answers: dict[Claim, int] = {}
    start = threading.Barrier(PEOPLE)

    def work(one: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port)
        random.Random(one).shuffle(shares[one])
        start.wait()
        for place in shares[one]:
            answers[one, place] = claim(line, key, numbers[place], person(one))

    threads = [threading.Thread(target=work, args=(one,)) for one in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def claim(line: http.client.HTTPConnection, key: str, number: str, who: str) -> int:
    """Claim an opportunity for somebody; return the status of the answer."""
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    path = f"{opportunities.PATH}/{number}/claim"
    line.request("POST", path, json.dumps({"person": who}), headers)
    answer = line.getresponse()
    told = answer.read()
    if answer.status not in {CLAIMED, REFUSED}:
        raise SystemExit(f"{answer.status}: {told[:300]!r}")
    return answer.status


def require_one_each(answers: dict[Claim, int], owners: list[tuple[Any, ...]]) -> None:
    """
    Pass in silence if everybody who was told so, and nobody else, has the opportunity.

    :raises SystemExit: otherwise.
    """
    told: dict[int, list[str]] = {}
    for (one, place), status in answers.items():
        told.setdefault(place, [])
        if status == CLAIMED:
            told[place].append(person(one))
    for place, (number, owner, claims, won) in enumerate(owners):
        if (told[place], claims, won) != ([owner], 1, 1):
            raise SystemExit(f"{number}: told {told[place]}, has {owner}, {claims} claims, {won}")


if __name__ == "__main__":
    run("bench.claims", __doc__, parts=PARTS, measure=measure, sizes={"offers": OFFERS})
