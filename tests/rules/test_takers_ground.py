"""How well a place of the map of takers covers an opportunity."""

from itertools import product

from dakehu.opportunities.rules.proposing import Ground, ground_of, judged
from dakehu.opportunities.values import Able

NAMES = ("is_manager", "serves_area", "is_authorised", "is_away", "is_full", "had_it")


def test_nobody_is_bare():
    assert ground_of([]) == Ground.BARE


def test_one_person_alone_in_every_combination():
    for values in product((False, True), repeat=len(NAMES)):
        able = Able(1, **dict(zip(NAMES, values, strict=True)))
        free = not (able.is_away or able.is_full or able.had_it)
        near = able.serves_area or able.is_manager
        expected = Ground.HINDERED
        if free:
            expected = Ground.GOOD if near and able.is_authorised else Ground.FAIR

        assert ground_of(judged([able])) == expected


def test_the_best_of_several_counts():
    away = Able(1, is_manager=True, is_authorised=True, is_away=True)
    far = Able(2)

    assert ground_of(judged([away])) == Ground.HINDERED
    assert ground_of(judged([away, far])) == Ground.FAIR
