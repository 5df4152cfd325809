"""Opportunities as channels take them in, and the partners of an area."""

from datetime import UTC, date, datetime
from typing import Any

from django.utils.timezone import localdate
from tests.factories.attachments import attach
from tests.factories.customers import GroupFactory

from dakehu.channels.values import Named
from dakehu.opportunities import operations
from dakehu.opportunities.queries.orders import points_of
from dakehu.opportunities.values import Elements, NewContact, Stamps, Terms, Wording

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
LINE = (Named("LEASED_LINE"),)


def contact(**given: Any) -> NewContact:
    """Return a leased line with specifics at the hotline; name what is different."""
    usual = {
        "channel": "HOTLINE",
        "text": "要一条 100M 专线",
        "named": LINE,
        "has_specifics": True,
        "is_willing": True,
    }
    return NewContact(**{**usual, **given})


def take_in(by: Any, *, at: datetime = AT, **given: Any) -> Any:
    """Take a contact in on somebody's behalf, and return the opportunity."""
    return operations.take_in(new=contact(**given), by=by, at=at).opportunity


def group_of(people: Any, level: str = "", **given: Any) -> Any:
    """Return a group of the district, at a level of the group scheme if one is named."""
    from dakehu.tiering.models import Level, Standing

    group = GroupFactory(unit=people.units.district, **given)
    if level:
        held = Level.objects.get(scheme__code="group-abc", name=level)
        Standing.objects.create(
            customer=group, level=held, scheme=held.scheme, active_from=date(2026, 1, 1)
        )
    return group


def make_core(person: Any, *units: Any) -> Any:
    """Make somebody a core partner of units."""
    person.is_core_partner = True
    person.save()
    for unit in units:
        person.areas.create(unit=unit)
    return person


def prospect(name: str = "山海食品厂", **given: Any) -> Elements:
    """Return what is known of a prospect."""
    usual = {"company": name, "contact_name": "郑先生", "contact_phone": "13500001111"}
    return Elements(**{**usual, **given})


TERM = {"starts_on": date(2026, 3, 1), "ends_on": date(2027, 2, 28)}


def terms(number: str = "HT-2026-17", **given: Any) -> Terms:
    """Return a contract of a year over 96 000 yuan; name what is different."""
    return Terms(**{"number": number, "value_fen": 9_600_000, **TERM, **given})


def released(paper: Any, people: Any, *, at: datetime = AT) -> Any:
    """Let a draft be proposed by whoever wrote it, and released by the supervisor."""
    operations.propose_paper(paper=paper, by=paper.written_by, at=at)
    return operations.release_paper(paper=paper, by=people.supervisor, at=at)


def signed(opportunity: Any, people: Any, *, at: datetime = AT, **given: Any) -> Any:
    """Let a contract of a claimed opportunity be written, released, attached and signed."""
    by = opportunity.receiver
    made = operations.write_contract(opportunity=opportunity, terms=terms(**given), by=by, at=at)
    attach(made, by, at=at)
    day = localdate(at)
    return operations.sign_contract(
        contract=released(made, people, at=at), stamps=Stamps(day, day), by=by, at=at
    )


def claimed(people: Any, *, at: datetime = AT, **given: Any) -> Any:
    """Return a leased line of a B1 group that its manager has claimed."""
    group = given.pop("customer", None) or group_of(people, "B1", manager=people.manager)
    made = take_in(people.hotline_agent, customer=group, at=at, **given)
    return operations.claim(opportunity=made, by=made.receiver, at=at)


def ordered(opportunity: Any, people: Any, *, at: datetime = AT) -> Any:
    """Let what was signed be checked and handed over to the billing system."""
    known = {"opportunity": opportunity, "by": opportunity.receiver, "at": at}
    points = points_of(opportunity, on=localdate(at))
    operations.check_points(ticked=points, **known)
    return operations.hand_over_order(**known)


def make_wants(people: Any, customer: Any) -> dict[str, Any]:
    """Return what is offered to the manager; of what she claimed a draft, and an order."""
    made, won = claimed(people, customer=customer), claimed(people, customer=customer)
    contract = operations.write_contract(opportunity=made, terms=terms(), by=made.receiver, at=AT)
    signed(won, people, number="HT-2026-18")
    wording = Wording("专线标准方案", "", "为 {customer} 建设专线")
    return {
        "wording": operations.write_template(wording=wording, by=people.supervisor, at=AT),
        "opportunity": take_in(people.hotline_agent, customer=customer),
        "contract": contract,
        "sales_order": ordered(won, people),
    }
