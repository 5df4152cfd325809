"""
Standings follow what an evaluation decided (T19).

Decisions come in bulk.  Customers who never stood in the scheme get their first standing by one
statement; of those who go up or down, the line of each is worked out and written.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from dakehu.common.batches import batched
from dakehu.customers.operations.staging import STAGED_FIRST, Row, staging
from dakehu.tiering.choices import TURN_NUMBERS, DecisionKind, Turn
from dakehu.tiering.models import Evaluation, Standing, TierMove
from dakehu.tiering.operations.card import columns_of, stretches_of, write_changed
from dakehu.tiering.rules.deciding import period_start
from dakehu.tiering.rules.lines import Step, decided, laid_out, line_of, with_keys
from dakehu.tiering.rules.stretches import Stretch
from dakehu.tiering.values import TierRules

STAGED = "staged_tier"
STAGED_COLUMNS = {
    "number": "VARCHAR",
    "level": "INTEGER",
    "before": "INTEGER",
    "turn": "INTEGER",
    "evidence": "VARCHAR",
}
BATCH = 1_000
FOUND = "found_tier"

FIND = f"""
    CREATE TEMPORARY TABLE {FOUND} AS
    SELECT c.id AS customer_id, l.id AS level_id, s.level, s.before, s.turn, s.evidence,
        EXISTS (SELECT 1 FROM tiering_standing t
            WHERE t.customer_id = c.id AND t.scheme_id = %(scheme)s) AS has_stood
    FROM {STAGED} s
    {STAGED_FIRST} customers_customer c ON c.number = s.number AND c.kind {{kinds}}
        AND c.number BETWEEN %(first)s AND %(last)s
    JOIN tiering_level l ON l.scheme_id = %(scheme)s AND l.rank = s.level
"""
FIRST = f"""
    INSERT INTO tiering_standing
        (customer_id, level_id, scheme_id, active_from, active_to, kind, evidence, evaluation_id)
    SELECT f.customer_id, f.level_id, %(scheme)s, %(from)s, NULL, %(kind)s, {{evidence}}, %(run)s
    FROM {FOUND} f WHERE NOT f.has_stood
"""


@dataclass(frozen=True)
class Found:
    """One customer whom an evaluation moves."""

    customer_id: int
    level_id: int
    level: int
    before: int | None
    turn: Turn
    evidence: dict[str, Any]


@dataclass(frozen=True)
class Following:
    """What one evaluation writes, and from when its levels hold."""

    evaluation: Evaluation
    rules: TierRules
    kinds: tuple[str, ...]
    level_ids: Mapping[int, int]
    corrected: bool = False

    @property
    def run_day(self) -> date:
        """The day on which the evaluation happens: upgrades hold from it."""
        return self.evaluation.day + timedelta(days=1)

    def effective(self, *, is_lower: bool) -> date:
        """From when a level holds: a lower one from the start of the next period."""
        return period_start(self.rules.period, self.run_day) if is_lower else self.run_day

    def follow(self, rows: Iterable[Row], gone: Iterable[str]) -> int:
        """
        Write what was decided: (number, level, before, turn, evidence) of everybody who moves,
        and of those whom an earlier run of the same evaluation moved.

        ``gone`` are the numbers of customers who are evaluated no longer. Returns how many
        standings changed.
        """
        scheme_id = self.evaluation.scheme_id
        TierMove.objects.filter(evaluation=self.evaluation).delete()
        changed = 0
        with staging(STAGED, STAGED_COLUMNS) as staged:
            for _ in staged.chunks(with_json(rows)):
                parameters: dict[str, Any] = {
                    "scheme": scheme_id,
                    "from": self.run_day,
                    "run": self.evaluation.pk,
                    "kind": DecisionKind.AUTOMATIC.value,
                }
                staged.cursor.execute(f"SELECT min(number), max(number) FROM {STAGED}")
                first, last = staged.cursor.fetchone()
                parameters |= {"first": first, "last": last}
                listed = ", ".join(f"'{kind}'" for kind in self.kinds)
                staged.cursor.execute(FIND.format(kinds=f"IN ({listed})"), parameters)
                cast = "f.evidence::jsonb" if connection.vendor == "postgresql" else "f.evidence"
                staged.cursor.execute(FIRST.format(evidence=cast), parameters)
                changed += int(staged.cursor.rowcount)
                staged.cursor.execute(
                    "SELECT customer_id, level_id, level, before, turn, evidence "
                    f"FROM {FOUND} WHERE has_stood"
                )
                moved = [self._found(*row) for row in staged.cursor.fetchall()]
                staged.cursor.execute(f"DROP TABLE {FOUND}")
                changed += self._move(moved)
        return changed + self._end(gone)

    @property
    def _kind(self) -> str:
        kind = DecisionKind.CORRECTION if self.corrected else DecisionKind.AUTOMATIC
        return kind.value

    def _found(
        self, customer_id: int, level_id: int, level: int, before: int | None, turn: int, told: Any
    ) -> Found:
        evidence = json.loads(told)
        return Found(customer_id, level_id, level, before, TURN_NUMBERS[turn], evidence)

    def _move(self, moved: list[Found]) -> int:
        changed = 0
        for batch in batched(moved, BATCH):
            old = stretches_of([each.customer_id for each in batch], self.evaluation.scheme_id)
            new = {each.customer_id: self._line(old[each.customer_id], each) for each in batch}
            rewrite_lines(old, new, scheme_id=self.evaluation.scheme_id)
            # Who was told the same once more keeps the very same line.
            changed += sum(new[pk] is not old[pk] for pk in new)
        TierMove.objects.bulk_create(
            (self._tier_move(each) for each in moved if each.turn in {Turn.UP, Turn.DOWN}),
            batch_size=BATCH,
        )
        return changed

    def _line(self, stretches: list[Stretch], found: Found) -> list[Stretch]:
        line, day = line_of(stretches), self.evaluation.day
        before = [each for each in line if each.start <= day]
        last = self._ranks.get(before[-1].level or 0) if before else None
        start = self.effective(is_lower=last is not None and found.level < last)
        if any((each.start, each.level) == (start, found.level_id) for each in line):
            # Told once more, and the same: that is no correction.
            return stretches
        step = Step(start, found.level_id, found.evidence, self.corrected, self.evaluation.pk)
        by_hand = [each for each in stretches if each.by_hand]
        return laid_out(decided(line, step, day=day), by_hand)

    @property
    def _ranks(self) -> dict[int, int]:
        return {pk: rank for rank, pk in self.level_ids.items()}

    def _tier_move(self, found: Found) -> TierMove:
        assert found.before is not None
        return TierMove(
            evaluation=self.evaluation,
            scheme_id=self.evaluation.scheme_id,
            customer_id=found.customer_id,
            from_level_id=self.level_ids[found.before],
            to_level_id=found.level_id,
            turn=found.turn,
            kind=self._kind,
            day=self.evaluation.day,
            effective_on=self.effective(is_lower=found.turn == Turn.DOWN),
            evidence=found.evidence,
        )

    def _end(self, numbers: Iterable[str]) -> int:
        """Let those who are evaluated no longer stand nowhere from the run day on."""
        ended = 0
        scheme_id = self.evaluation.scheme_id
        for batch in batched(numbers, BATCH):
            standing = Standing.objects.filter(
                scheme_id=scheme_id,
                active_to__isnull=True,
                customer__kind__in=self.kinds,
                customer__number__in=batch,
            )
            ids = list(standing.values_list("customer", flat=True))
            old = stretches_of(ids, scheme_id)
            step = Step(self.run_day, None, {})
            new = {
                pk: laid_out(
                    decided(line_of(found), step, day=self.evaluation.day),
                    [each for each in found if each.by_hand],
                )
                for pk, found in old.items()
            }
            rewrite_lines(old, new, scheme_id=scheme_id)
            ended += len(ids)
        return ended


def with_json(rows: Iterable[tuple[Any, ...]]) -> Iterable[Row]:
    """Return rows whose evidence is text."""
    for *row, evidence in rows:
        yield (*row, json.dumps(evidence, ensure_ascii=False))


def rewrite_lines(
    old: Mapping[int, list[Stretch]], new: Mapping[int, list[Stretch]], *, scheme_id: int
) -> None:
    """Let the standings of customers be as worked out; what stays the same is not written."""
    gone: list[int] = []
    changed: list[tuple[Stretch, Stretch]] = []
    made: list[Standing] = []
    for customer_id, stretches in new.items():
        known = {each.key: each for each in old[customer_id]}
        keyed = with_keys(old[customer_id], stretches)
        gone += [key for key in known.keys() - {each.key for each in keyed} if key]
        changed += [(known[e.key], e) for e in keyed if e.key and e != known[e.key]]
        made += [
            Standing(customer_id=customer_id, scheme_id=scheme_id, **columns_of(each))
            for each in keyed
            if not each.key
        ]
    Standing.objects.filter(pk__in=gone).delete()
    write_changed(changed)
    Standing.objects.bulk_create(made, batch_size=BATCH)
