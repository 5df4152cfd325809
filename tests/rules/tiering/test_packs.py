"""Packs: the shipped ones have no fault; every fault of another is named with its line."""

import pytest

from dakehu.tiering.jobs.packs import MEASURES, SCHEMES, shipped_packs, shipped_text
from dakehu.tiering.rules.bodies import KnownMeasure, body_from_data
from dakehu.tiering.rules.compiling import leaves_of
from dakehu.tiering.rules.packs import read_measures, read_pack

KNOWN = {"employees": KnownMeasure("employees", False), "industry": KnownMeasure("industry", True)}
HEAD = "code: s\nname: 名\nname_en: N\nkind: group\nlevels:\n"


def faults_of(text: str) -> list[tuple[int, str]]:
    """Return the lines and codes of the faults of a pack."""
    pack, faults = read_pack(text, KNOWN)
    assert (pack is None) == bool(faults)
    return [(each.line, each.problem.code) for each in faults]


def test_the_shipped_packs_have_no_fault():
    assert [each.code for each in shipped_packs()] == list(SCHEMES)


def test_limits_that_no_source_gives_are_marked():
    group = next(each for each in shipped_packs() if each.code == "group-abc")
    rules = body_from_data(group.body)

    marked = [
        leaf
        for level in rules.levels
        for leaf in leaves_of(level.when)
        if getattr(leaf, "to_confirm", False)
    ]

    assert {leaf.measure for leaf in marked} == {"employees", "revenue_12m", "industry"}


def test_the_cohort_pack_names_a_bar_of_360_yuan():
    measures, _ = read_measures(shipped_text(MEASURES))
    known = {each.code: KnownMeasure(each.code, each.is_text) for each in measures}

    pack, faults = read_pack(shipped_text("cohort-default.yaml"), known)

    assert not faults
    assert pack is not None
    assert pack.body["cohort"]["bar"]["value"] == 36_000


LEVEL = "  - {rank: 1, name: 甲, name_en: A"
LAST = "  - {rank: 0, name: 乙, name_en: B}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("levels: [", (1, "no_yaml")),
        ("just words", (1, "not_a_mapping")),
        (HEAD.replace("group", "firm") + LAST, (4, "one_of")),
        (HEAD + LAST + "colour: red\n", (7, "unknown_name")),
        (HEAD + LAST + "code: again\n", (7, "twice")),
        (HEAD.replace("levels:\n", ""), (1, "no_levels")),
        (HEAD + LEVEL + "}\n" + LAST, (6, "no_condition")),
        (
            HEAD + LEVEL + ", when: {measure: wages, is: '>', value: 1}}\n" + LAST,
            (6, "unknown_measure"),
        ),
        (
            HEAD + LEVEL + ", when: {measure: employees, is: '=>', value: 1}}\n" + LAST,
            (6, "one_of"),
        ),
        (
            HEAD + LEVEL + ", when: {measure: employees, is: '>', value: 1.5}}\n" + LAST,
            (6, "whole_number"),
        ),
        (
            HEAD + LEVEL + ", when: {measure: industry, is: '>', value: 1}}\n" + LAST,
            (6, "words_are_listed"),
        ),
        (
            HEAD + LEVEL + ", when: {measure: employees, in: [甲]}}\n" + LAST,
            (6, "word_for_number"),
        ),
        (HEAD + LEVEL + ", when: {any: []}}\n" + LAST, (6, "no_parts")),
        (HEAD + LAST + LAST, (7, "rank_order")),
        (HEAD + LAST + "grace: {evaluations: 0}\n", (7, "out_of_bounds")),
        (HEAD + LAST + "period: week\n", (7, "one_of")),
    ],
)
def test_a_fault_is_named_with_its_line(text, expected):
    assert expected in faults_of(text)


def test_amounts_in_yuan_become_fen():
    text = HEAD + LEVEL + ", when: {measure: employees, is: '>', yuan: 12.5}}\n" + LAST

    pack, _ = read_pack(text, KNOWN)

    assert pack is not None
    assert pack.body["levels"][0]["when"]["value"] == 1250


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("count, source: {newest: {column: x}}}", "source_column"),
        ("count, source: {held: {}, served: {}}}", "source_form"),
        ("count, source: {served: {}}}", "source_names"),
        ("count, source: {served: {days: two}}}", "source_values"),
        (
            "fen, source: {monthly: {column: revenue_fen, fold: sum, months: 99}}}",
            "source_window",
        ),
        ("metres, source: {held: {}}}", "one_of"),
    ],
)  # fmt: skip
def test_a_faulty_measure_is_named_with_its_line(row, code):
    named = "{code: a, kind: group, name: 甲, name_en: A, unit: "
    measures, faults = read_measures(f"measures:\n  - {named}{row}\n")

    assert not measures
    assert [(each.line, each.problem.code) for each in faults] == [(2, code)]
