"""Every number of the sources, by its ID, in the catalogue that comes with Dakehu."""

import re

import pytest

from dakehu.catalogue.choices import Cycle, Form, Occasion, Offer, Population, ServiceClass
from dakehu.catalogue.jobs.packs import shipped_services
from dakehu.catalogue.rules.bodies import body_from_data, body_to_data
from dakehu.clocks.choices import ClockKind, TimeUnit

A, B, C = (5, 4), (3, 2), (1,)
VIP, CORE, POTENTIAL, ORDINARY = (4,), (3,), (2,), (1,)
BODIES = {each.code: each.body for each in shipped_services()}
FIRST, ANSWER = ClockKind.FIRST_RESPONSE, ClockKind.INITIAL_ANSWER


def terms(code, ranks, scheme="group-abc"):
    """The terms that all of some levels have."""
    found = {BODIES[code].standards[scheme][rank] for rank in ranks}
    assert len(found) == 1, code
    return found.pop()


@pytest.mark.parametrize(
    ("code", "scheme", "ranks", "kind", "within"),
    [
        ("C1", "group-abc", A, ANSWER, [(1, TimeUnit.WORKING_DAY)]),
        ("C1", "group-abc", B, ANSWER, [(2, TimeUnit.WORKING_DAY)]),
        ("C1", "group-abc", C, ANSWER, [(3, TimeUnit.WORKING_DAY)]),
        (
            "C13", "group-abc", A, ANSWER,
            [(1, TimeUnit.SAME_DAY), (1, TimeUnit.HALF_WORKING_DAY)],
        ),
        ("C13", "group-abc", B, ANSWER, [(1, TimeUnit.SAME_DAY)]),
        ("C13", "group-abc", C, ANSWER, [(1, TimeUnit.SAME_DAY)]),
        ("C14", "group-abc", A, FIRST, [(1, TimeUnit.WORKING_DAY)]),
        ("R5", "it-service", VIP, FIRST, [(2, TimeUnit.WORKING_HOUR)]),
        ("R5", "it-service", CORE, FIRST, [(4, TimeUnit.WORKING_HOUR)]),
        ("R5", "it-service", POTENTIAL, FIRST, [(8, TimeUnit.WORKING_HOUR)]),
        ("R5", "it-service", ORDINARY, FIRST, [(8, TimeUnit.WORKING_HOUR)]),
    ],
)  # fmt: skip
def test_c1_c13_c14_and_r1_to_r4_promise_times(code, scheme, ranks, kind, within):
    (time,) = terms(code, ranks, scheme).times

    assert time.kind == kind
    assert [(each.amount, each.unit) for each in time.standards] == within


@pytest.mark.parametrize(
    ("code", "scheme", "ranks", "least", "goal", "cycle", "population"),
    [
        ("C2", "group-abc", A, 1, 1, Cycle.MONTH, Population.ALL),  # O1
        ("C2", "group-abc", B, 1, 1, Cycle.TWO_MONTHS, Population.ALL),
        ("C2", "group-abc", C, 1, 1, Cycle.TWO_MONTHS, Population.ALL),
        ("C7", "group-abc", A, 1, 1, Cycle.HALF, Population.ALL),  # O2
        ("C7", "group-abc", B, 1, 1, Cycle.YEAR, Population.IMPORTANT),
        ("C10", "group-abc", A, 1, 2, Cycle.YEAR, Population.ALL),  # O4
        ("C10", "group-abc", B, 1, 1, Cycle.YEAR, Population.ALL),
        ("C12", "group-abc", A, 2, 2, Cycle.YEAR, Population.ALL),  # O3
        ("C12", "group-abc", B, 1, 1, Cycle.YEAR, Population.ALL),
        ("O5", "it-service", VIP, 4, 4, Cycle.YEAR, Population.ALL),
        ("O5", "it-service", CORE, 4, 4, Cycle.YEAR, Population.ALL),
        ("O5", "it-service", ORDINARY, 2, 2, Cycle.YEAR, Population.ALL),
        ("O6", "it-service", VIP, 1, 1, Cycle.QUARTER, Population.ALL),
        ("O6", "it-service", CORE, 1, 1, Cycle.HALF, Population.ALL),
        ("O6", "it-service", POTENTIAL, 1, 1, Cycle.HALF, Population.ALL),
        ("O6", "it-service", ORDINARY, 1, 1, Cycle.YEAR, Population.ALL),
    ],
)  # fmt: skip
def test_o1_to_o6_recur(code, scheme, ranks, least, goal, cycle, population):
    found = terms(code, ranks, scheme).frequency

    assert (found.least, found.goal, found.cycle, found.population) == (
        least, goal, cycle, population,
    )  # fmt: skip


def test_o1_is_a_visit_for_a_and_any_form_for_b_and_c():
    assert terms("C2", A).frequency.form == Form.VISIT
    assert terms("C2", B).frequency.form is None
    assert terms("C2", C).frequency.form is None


@pytest.mark.parametrize(
    ("code", "ranks", "shares"),
    [
        ("C4", A, [(100, Population.GOVERNMENT), (80, Population.OTHERS)]),  # O7
        ("C4", B, [(50, Population.ALL)]),
        ("C4", C, []),
        ("C8", A, [(50, Population.ALL)]),  # O8
        ("C8", B, [(30, Population.ALL)]),
        ("C8", C, []),
    ],
)
def test_o7_and_o8_cover_shares(code, ranks, shares):
    found = terms(code, ranks).coverage

    assert [(each.percent, each.population) for each in found] == shares


@pytest.mark.parametrize(("ranks", "months"), [(A, 3), (B, 2), (C, 1)])
def test_c6_and_o12_limit_trials(ranks, months):
    assert terms("C6", ranks).limit_months == months


@pytest.mark.parametrize(("ranks", "priority"), [(A, 1), (B, 2), (C, 3)])
def test_c3_has_a_green_channel_by_priority(ranks, priority):
    assert terms("C3", ranks).priority == priority
    assert BODIES["C3"].minimum == 30


def test_c2_and_o11_tell_channels_three_calendar_days_before_and_train_them():
    advance = BODIES["C2"].advance

    assert (advance.days, advance.working, advance.trained) == (3, False, True)


def test_c9_names_the_forms_of_every_tier():
    mass = (Form.SMS, Form.MMS, Form.MAIL)
    a, b, c = (
        {(rule.occasion, rule.population): rule.forms for rule in terms("C9", ranks).forms}
        for ranks in (A, B, C)
    )

    assert a[Occasion.FESTIVAL, Population.ALL] == mass
    assert a[Occasion.FESTIVAL, Population.IMPORTANT] == (Form.VISIT,)
    assert a[Occasion.ANNIVERSARY, Population.ALL] == (Form.VISIT,)
    assert b[Occasion.FESTIVAL, Population.ALL] == mass
    assert b[Occasion.ANNIVERSARY, Population.ALL] == mass
    assert c == {(Occasion.IMPORTANT_FESTIVAL, Population.ALL): (Form.SMS, Form.MAIL)}


def test_r6_sends_the_original_engineer_to_vip_and_core_first():
    first = [terms("R5", ranks, "it-service").handling for ranks in (VIP, CORE)]
    later = [terms("R5", ranks, "it-service").handling for ranks in (POTENTIAL, ORDINARY)]

    assert {(each.handler, each.dispatch, each.same_engineer) for each in first} == {
        ("DEDICATED", "FIRST", True)
    }
    assert {(each.handler, each.dispatch, each.same_engineer) for each in later} == {
        ("ROTA", "SCHEDULE", False)
    }
    assert first[0].modes == ("HOTLINE", "REMOTE", "ON_SITE", "HEADQUARTERS")


def test_c11_offers_solutions_to_a_and_b_and_material_to_c_with_support_from_data_business():
    assert terms("C11", A).text == terms("C11", B).text
    assert {"书面方案", "现场演示", "试用"} <= set(
        re.findall("书面方案|现场演示|试用", terms("C11", A).text)
    )
    assert "标准化产品" in terms("C11", C).text
    assert "DATA_BUSINESS" in BODIES["C11"].supporting


def test_c12_and_o3_train_c_groups_selectively():
    assert (terms("C12", C).offer, terms("C12", C).frequency) == (Offer.SELECTIVE, None)


def test_c22_every_service_names_the_unit_that_is_responsible_for_it():
    assert [code for code, body in BODIES.items() if not body.leading] == []


def test_c23_the_preferential_trial_of_new_services_is_there_with_its_limit():
    assert [terms("C6", ranks).limit_months for ranks in (A, B, C)] == [3, 2, 1]


def test_c24_c27_and_c28_go_to_important_groups_by_need_and_name_no_figure():
    for code in ("C24", "C27", "C28"):
        assert {terms(code, ranks).offer for ranks in (A, B)} == {Offer.SELECTIVE}
        for ranks in (A, B, C):
            found = terms(code, ranks)
            assert (found.times, found.frequency, found.coverage) == ((), None, ())
            assert not re.search(r"\d", found.text)
    assert terms("C24", C).offer == Offer.NONE
    assert {terms("C27", C).offer, terms("C28", C).offer} == {Offer.TO_CONFIRM}


def test_c25_services_are_classed_and_all_four_classes_can_be_given():
    assert {each for body in BODIES.values() for each in body.classes} <= set(ServiceClass)
    assert set(ServiceClass) == {"BASIC", "PERSONALISED", "CROSS_REGION", "CROSS_INDUSTRY"}


def test_c26_the_higher_level_has_priority_wherever_a_priority_is_given():
    for code, body in BODIES.items():
        for levels in body.standards.values():
            named = [levels[rank].priority for rank in sorted(levels, reverse=True)]
            given = [each for each in named if each is not None]
            assert given == sorted(given), code


def test_r1_r2_and_r3_differ_by_hours_and_r4_is_as_r3():
    hours = [
        terms("R5", ranks, "it-service").times[0].standards[0].amount
        for ranks in (VIP, CORE, POTENTIAL, ORDINARY)
    ]
    assert hours == [2, 4, 8, 8]


# C14 B and C; C15, C16, C17, C18, C19 and C20 of all levels.
CUT_OFF = [("C14", B), ("C14", C)] + [(f"C{n}", r) for n in range(15, 21) for r in (A, B, C)]


@pytest.mark.parametrize(("code", "ranks"), CUT_OFF)
def test_what_the_sources_cut_off_is_to_be_confirmed_and_has_no_figure(code, ranks):
    found = terms(code, ranks)

    assert found.offer == Offer.TO_CONFIRM
    assert (found.times, found.frequency, found.coverage) == ((), None, ())
    assert not re.search(r"\d", found.text)


def test_r10_and_r12_are_to_be_confirmed():
    assert terms("R10", (4, 3), "it-service").offer == Offer.TO_CONFIRM
    assert {"R12", "待确认"} <= set(re.findall("R12|待确认", BODIES["R5"].work))


def test_all_twenty_services_are_there_with_who_leads_and_texts_in_two_languages():
    named = [f"C{n}" for n in (*range(1, 21), 24, 27, 28)]
    assert named == [code for code in BODIES if code[0] == "C"]
    for code, body in BODIES.items():
        assert all((body.leading, body.classes, body.channels, body.recipients)), code
        assert all((body.content, body.content_en)), code
        for levels in body.standards.values():
            assert all(each.text and each.text_en for each in levels.values()), code


def test_c21_names_the_depth_of_every_service():
    assert {body.depth for body in BODIES.values()} == {1, 2, 3}


def test_every_version_survives_being_kept_as_data():
    for code, body in BODIES.items():
        assert body_from_data(body_to_data(body)) == body, code
