"""Random rules tried out beside random other ones: the engine and plain Python move the same."""

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.facts import Facts
from tests.generative.test_tiers import DAYS, GROUP_MEASURES, World

from dakehu.facts import measures as ms
from dakehu.facts.engine import connect
from dakehu.facts.judging import Before, Judgement
from dakehu.facts.measures.reference import values_of
from dakehu.tiering.queries.judging import Judged
from dakehu.tiering.rules.compiling import CITY, compiled
from dakehu.tiering.rules.deciding import decide
from dakehu.tiering.rules.localizing import rules_at
from dakehu.tiering.rules.simulation import Cause, difference


@settings(max_examples=8)
@given(seed=st.integers(0, 2**32), day=st.sampled_from(DAYS))
def test_the_engine_moves_whom_plain_python_moves(seed: int, day: date):
    from dakehu.tiering.queries.simulating import (
        HOLDERS,
        OUTCOME,
        Simulated,
        outcome_query,
    )

    with tempfile.TemporaryDirectory() as folder:
        world = World(Facts(Path(folder)), day, seed)
        draft, base = world.rules(), world.rules()
        with connect(world.facts.engine.limits) as con:
            count = ms.measured(con, world.frame(ms.Subject.GROUP), GROUP_MEASURES)
            cities = world.cities()
            values = {
                number: values_of(GROUP_MEASURES, dossier) | {CITY: cities[number]}
                for number, dossier in world.dossiers(ms.Subject.GROUP).items()
            }
            priors = world.priors(list(values))
            Before(rows=[(n, p.level, p.since) for n, p in priors.items()]).create(con)
            for table, rules in (("draft", draft), ("in_force", base)):
                program, term = compiled(rules), rules.grace.valid_months
                judgement = Judgement(day, program.columns, program.words, term)
                judgement.create(con, table, GROUP_MEASURES)
            con.execute(
                f"CREATE TEMP TABLE {HOLDERS} (number VARCHAR, unit_id INT, manager_id INT)"
            )
            query = outcome_query(Judged(con, None, count), base, with_city=True)
            con.execute(f"CREATE TEMP TABLE {OUTCOME} AS {query}")
            found = Simulated(con, count)
            movers = {row[0]: row[1:4] for row in found.movers()}
            seen = {row[0]: row[5] for row in found.movers()}

    expected = {}
    for number, known in values.items():
        prior = priors.get(number)
        now = decide(draft, known, prior=prior, day=day).level
        was = decide(base, known, prior=prior, day=day).level
        before = None if prior is None else prior.level
        if was != now or before not in (None, now):
            expected[number] = (was, before, now)
    assert movers == expected
    for number, (was, _before, now) in movers.items():
        if was == now:
            continue
        # The measures and the city kept with a mover are enough to say why.
        own, others = (rules_at(each, seen[number][CITY]) for each in (draft, base))
        told = difference(own, seen[number], was=was, now=now, others=others)
        assert told == difference(own, values[number], was=was, now=now, others=others)
        assert told.cause is not Cause.MISSED or now < was
