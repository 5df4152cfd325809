"""Routing: the worked cases, and every combination of facts against a second evaluator."""

from dataclasses import replace
from itertools import product

import pytest

from dakehu.channels.choices import Activity, Channel, Class, Kind, Mark, Outcome, Why
from dakehu.channels.jobs.packs import shipped_matrix
from dakehu.channels.rules.gaps import County, uncovered
from dakehu.channels.rules.routing import decide
from dakehu.channels.values import Candidate, Facts, Named
from dakehu.clocks.choices import TimeUnit

BODY = shipped_matrix()
WANG = Candidate(1, "王经理", authorities=frozenset(BODY.products))
PARTNER = Candidate(2, "核心代理商", authorities=frozenset(BODY.products))
PHONE = Candidate(3, "电话经理")
LINE, VPMN, MAIL = Named("LEASED_LINE"), Named("VPMN", Activity.ADD_MEMBER), Named("MAIL")
AREA = {"partners": (PARTNER,), "telephone": PHONE}
SERIOUS = {"has_specifics": True, "is_willing": True}


def decided(channel, *named, **facts):
    return decide(BODY, Facts(Channel(channel), named, **facts))


def test_case_1_goes_to_the_manager_within_four_working_hours():
    found = decided("HOTLINE", LINE, customer_class=Class.B, manager=WANG, **SERIOUS)

    assert (found.kind, found.outcome, found.rule) == (Kind.OPPORTUNITY, Outcome.OFFERED, 2)
    assert found.receiver == WANG
    assert (found.limit.amount, found.limit.unit) == (4, TimeUnit.WORKING_HOUR)


def test_case_2_is_completed_in_place_and_nobody_is_offered_anything():
    found = decided("HOTLINE", VPMN, customer_class=Class.B, manager=WANG, **SERIOUS, **AREA)

    assert (found.outcome, found.rule) == (Outcome.COMPLETED, 1)
    assert (found.receiver, found.follow_up, found.watcher) == (None, None, None)


def test_case_3_is_completed_in_the_hall_and_followed_up_by_a_core_partner():
    found = decided("HALL", MAIL, customer_class=Class.C, plans=True, **AREA)

    assert (found.rule, found.follow_up) == (1, PARTNER)


def test_case_4_goes_to_a_core_partner_while_the_telephone_manager_watches():
    found = decided("WEBSITE", Named("MAS"), plans=True, **AREA)

    assert (found.rule, found.receiver, found.watcher) == (3, PARTNER, PHONE)
    assert (found.limit.amount, found.limit.unit) == (1, TimeUnit.WORKING_DAY)


def test_case_5_waits_at_the_operations_center():
    found = decided("EXPERIENCE", Named("INDUSTRY"), plans=True)

    assert (found.outcome, found.rule) == (Outcome.QUEUED, 4)


def test_case_6_is_a_lead_of_the_manager():
    found = decided("TELEPHONE", customer_class=Class.C, is_willing=True, manager=WANG)

    assert (found.kind, found.rule, found.receiver) == (Kind.LEAD, 2, WANG)


def test_case_9_is_a_consultation_only():
    found = decided("HOTLINE", LINE, manager=WANG, has_specifics=True)

    assert (found.kind, found.outcome, found.rule) == (Kind.CONSULTATION, Outcome.KEPT, 0)


def test_case_10_is_decided_as_a_whole():
    found = decided("HOTLINE", VPMN, LINE, plans=True, manager=WANG)

    assert (found.rule, found.receiver, found.direct) == (2, WANG, ("VPMN",))


def test_a_member_is_deleted_in_person_only():
    wish = Named("SHORT_NUMBER", Activity.DELETE_MEMBER)

    assert decided("HOTLINE", wish, plans=True, in_person=True).rule == 1
    assert decided("HOTLINE", wish, plans=True).rule == 4


def test_what_is_not_sold_any_more_is_not_opened_in_place():
    retired = replace(BODY.products["MAIL"], is_retired=True)
    body = replace(BODY, products={**BODY.products, "MAIL": retired})

    assert decide(body, Facts(Channel.HALL, (MAIL,), plans=True)).rule == 4


def test_a_product_that_the_matrix_does_not_know_is_passed_on():
    assert decided("HALL", Named("NOBODY_KNOWS"), plans=True, manager=WANG).rule == 2


def test_missing_authority_warns_and_moves_nothing():
    found = decided("HOTLINE", LINE, plans=True, manager=replace(WANG, authorities=frozenset()))

    assert (found.rule, found.beyond) == (2, ("LEASED_LINE",))


def test_a_deputy_takes_the_place_of_whoever_is_away():
    deputy = Candidate(9, "代理人")
    found = decided(
        "HOTLINE", LINE, plans=True, manager=replace(WANG, is_away=True, deputy=deputy)
    )

    assert (found.rule, found.receiver.key, found.stands_in_for.key) == (2, 9, 1)


def test_a_complex_product_of_an_a_customer_may_get_a_helper():
    found = decided("HOTLINE", LINE, plans=True, manager=WANG, customer_class=Class.A, **AREA)

    assert (found.receiver, found.helper) == (WANG, PARTNER)


def test_among_partners_room_then_authority_then_load_decide():
    full = replace(PARTNER, key=4, is_full=True)
    unable = replace(PARTNER, key=5, authorities=frozenset())
    busy = replace(PARTNER, key=6, open_count=7)
    gone = replace(PARTNER, key=7, is_active=False)
    found = decided("WEBSITE", LINE, plans=True, partners=(full, unable, busy, gone, PARTNER))

    assert found.receiver == PARTNER
    assert {each.candidate.key: each.why for each in found.passed_over} == {
        4: Why.FULL, 5: Why.AUTHORITY, 6: Why.LOADED, 7: Why.INACTIVE,
    }  # fmt: skip


STATES = {
    "none": None,
    "there": {},
    "covered": {"is_away": True, "deputy": Candidate(90, "代理人")},
    "away": {"is_away": True},
    "gone": {"is_active": False},
}
WISHES = ((), (LINE,), (VPMN,), (VPMN, LINE))


def someone(who, state):
    return None if STATES[state] is None else replace(who, **STATES[state])


def expected_rule(channel, named, flags, manager, partner):
    """Read the specification once more, in another order and by other means."""
    specifics, plans, willing, own = flags
    routed = (plans or (specifics and willing)) if named else willing
    if not routed:
        return 0
    able = {"there", "covered"}
    marks = [BODY.capabilities[channel][each.product].marks.get(each.activity) for each in named]
    if marks and all(m == Mark.DIRECT or (m == Mark.AUTHORITY and own) for m in marks):
        return 1
    if manager in able:
        return 2
    return 3 if manager == "none" and partner in able else 4


@pytest.mark.parametrize("channel", list(Channel))
def test_every_combination_of_facts_is_decided_as_the_specification_says(channel):
    flags = list(product((True, False), repeat=4))
    for named, flag, manager, partner, kind in product(WISHES, flags, STATES, STATES, Class):
        specifics, plans, willing, own = flag
        partners = someone(PARTNER, partner)
        facts = Facts(
            channel, named, specifics, plans, willing, kind,
            authorities=frozenset(BODY.products) if own else frozenset(),
            manager=someone(WANG, manager),
            partners=(partners,) if partners else (), telephone=PHONE,
        )  # fmt: skip
        found = decide(BODY, facts)
        rule = expected_rule(channel, named, flag, manager, partner)
        assert found.rule == rule, facts
        watched = rule == 3 and kind in {Class.C, Class.PROSPECT}
        assert (found.watcher is not None) == watched
        assert (found.receiver is not None) == (rule in {2, 3})
        assert (found.limit is not None) == (rule in {2, 3})


@pytest.mark.parametrize(
    ("county", "code", "classes"),
    [
        (County(1, "东城"), "MAIL", ()),
        (County(1, "东城"), "MAS", tuple(Class)),
        (County(1, "东城", managers=frozenset({"MAS"})), "MAS", (Class.PROSPECT,)),
        (County(1, "东城", partners=frozenset({"MAS"})), "MAS", (Class.A, Class.B)),
        (County(1, "东城", frozenset({"MAS"}), frozenset({"MAS"})), "MAS", ()),
        (County(1, "东城", telephone=frozenset({"MAS"})), "MAS", tuple(Class)),
    ],
)
def test_a_gap_is_told_by_class_and_county(county, code, classes):
    assert uncovered(BODY, BODY.products[code], county) == classes
