"""
Routing: what a contact is, and who takes it over (OP1 to OP12).

Everything here is a function of facts and of the rows of a matrix. Of the first transfer alone:
whatever comes back is decided by a person.
"""

from dakehu.channels.choices import Activity, Channel, Class, Kind, Mark, Outcome, Why
from dakehu.channels.values import Body, Candidate, Decision, Facts, Named, PassedOver

OWN_CHANNEL_CLASSES = frozenset({Class.A, Class.B})
WATCHED_CLASSES = frozenset({Class.C, Class.PROSPECT})
IN_PLACE, TO_MANAGER, TO_PARTNER, TO_CENTER = 1, 2, 3, 4


def kind_of(facts: Facts) -> Kind:
    """Return what a contact is: a lead, an opportunity, or a consultation only (OP1)."""
    if not facts.named:
        return Kind.LEAD if facts.is_willing else Kind.CONSULTATION
    if facts.plans or (facts.has_specifics and facts.is_willing):
        return Kind.OPPORTUNITY
    return Kind.CONSULTATION


def is_direct(body: Body, facts: Facts, named: Named) -> bool:
    """Tell whether the contact channel may complete what is wanted of a product."""
    product = body.products.get(named.product)
    if product is None:
        return False
    if product.is_retired and named.activity in {Activity.OPEN, Activity.ADD_MEMBER}:
        return False
    mark = body.capability(facts.channel, named.product).marks.get(named.activity)
    if mark == Mark.IN_PERSON:
        return facts.in_person
    if mark == Mark.AUTHORITY:
        return named.product in facts.authorities
    return mark == Mark.DIRECT


def decide(body: Body, facts: Facts) -> Decision:
    """Return what becomes of a contact: the first rule that applies."""
    kind = kind_of(facts)
    if kind == Kind.CONSULTATION:
        return Decision(kind, Outcome.KEPT)
    direct = tuple(each.product for each in facts.named if is_direct(body, facts, each))
    if facts.named and len(direct) == len(facts.named):
        return in_place(kind, facts, direct)
    if facts.manager is not None:
        return to_manager(body, facts, kind, direct)
    return to_partner(body, facts, kind, direct)


def in_place(kind: Kind, facts: Facts, direct: tuple[str, ...]) -> Decision:
    """Complete where the customer is; a hall lets a core partner follow up (OP11)."""
    is_hall = facts.channel == Channel.HALL
    chosen, passed = best_partner(facts) if is_hall else (None, ())
    return Decision(
        kind,
        Outcome.COMPLETED,
        IN_PLACE,
        follow_up=chosen and on_duty(chosen),
        passed_over=passed,
        direct=direct,
    )


def to_manager(body: Body, facts: Facts, kind: Kind, direct: tuple[str, ...]) -> Decision:
    """Offer to the account manager; complex products of an own customer may get a helper."""
    manager = facts.manager
    if manager is None or on_duty(manager) is None:
        absent = (PassedOver(manager, why_not(manager)),) if manager else ()
        return Decision(kind, Outcome.QUEUED, TO_CENTER, passed_over=absent, direct=direct)
    is_shared = facts.customer_class in OWN_CHANNEL_CLASSES and names_complex(body, facts)
    chosen, passed = best_partner(facts) if is_shared else (None, ())
    helper = chosen and on_duty(chosen)
    return offered(
        body, facts, kind, TO_MANAGER, manager, helper=helper, passed=passed, direct=direct
    )


def to_partner(body: Body, facts: Facts, kind: Kind, direct: tuple[str, ...]) -> Decision:
    """Offer to a core partner of the area; the telephone manager watches C customers (OP9)."""
    chosen, passed = best_partner(facts)
    if chosen is None:
        return Decision(kind, Outcome.QUEUED, TO_CENTER, passed_over=passed, direct=direct)
    watcher = None
    if facts.customer_class in WATCHED_CLASSES and facts.telephone is not None:
        watcher = on_duty(facts.telephone)
    return offered(
        body, facts, kind, TO_PARTNER, chosen, watcher=watcher, passed=passed, direct=direct
    )


def offered(  # noqa: PLR0913 - a decision has as many parts
    body: Body,
    facts: Facts,
    kind: Kind,
    rule: int,
    chosen: Candidate,
    *,
    watcher: Candidate | None = None,
    helper: Candidate | None = None,
    passed: tuple[PassedOver, ...] = (),
    direct: tuple[str, ...] = (),
) -> Decision:
    """Return the offer to whoever was chosen, or to their deputy."""
    receiver = on_duty(chosen) or chosen
    return Decision(
        kind,
        Outcome.OFFERED,
        rule,
        receiver=receiver,
        stands_in_for=chosen if receiver is not chosen else None,
        watcher=watcher,
        helper=helper,
        limit=body.limits[facts.customer_class],
        passed_over=passed,
        beyond=tuple(
            each.product for each in facts.named if each.product not in receiver.authorities
        ),
        direct=direct,
    )


def names_complex(body: Body, facts: Facts) -> bool:
    """Tell whether a complex product was named."""
    products = (body.products.get(each.product) for each in facts.named)
    return any(product is not None and product.is_complex for product in products)


def on_duty(candidate: Candidate) -> Candidate | None:
    """Return who acts for a candidate now: they themselves, or their deputy."""
    if not candidate.is_active:
        return None
    if not candidate.is_away:
        return candidate
    deputy = candidate.deputy
    return deputy if deputy is not None and deputy.is_active and not deputy.is_away else None


def why_not(candidate: Candidate) -> Why:
    """Return why nobody acts for a candidate."""
    return Why.AWAY if candidate.is_active else Why.INACTIVE


def best_partner(facts: Facts) -> tuple[Candidate | None, tuple[PassedOver, ...]]:
    """
    Return the core partner who is asked, and who was passed over.

    Of those on duty: one who has room, with authority for what is named, with the least open;
    among equals the first of the list. None is left out for lack of authority or room alone.
    """
    wanted = {each.product for each in facts.named}
    able = [each for each in facts.partners if on_duty(each) is not None]

    def rank(each: Candidate) -> tuple[bool, bool, int]:
        return each.is_full, not wanted <= each.authorities, each.open_count

    chosen = min(able, key=rank, default=None)
    passed = tuple(
        PassedOver(each, reason(each, chosen, wanted) if on_duty(each) else why_not(each))
        for each in facts.partners
        if each is not chosen
    )
    return chosen, passed


def reason(other: Candidate, chosen: Candidate | None, wanted: set[str]) -> Why:
    """Return why somebody on duty was passed over in favour of another."""
    if chosen is not None and other.is_full and not chosen.is_full:
        return Why.FULL
    if chosen is not None and wanted <= chosen.authorities and not wanted <= other.authorities:
        return Why.AUTHORITY
    return Why.LOADED
