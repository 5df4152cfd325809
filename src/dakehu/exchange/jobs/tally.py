"""What one run counted: its summary, whose keys are a promise to scripts (docs/operations.md)."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass
class Tally:
    """Counts of one run, filled step by step."""

    deliveries: Counter[str] = field(default_factory=Counter)
    refusals: list[dict[str, Any]] = field(default_factory=list)
    incomplete: list[dict[str, Any]] = field(default_factory=list)
    missing_cities: list[str] = field(default_factory=list)
    rows: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    records: Counter[str] = field(default_factory=Counter)
    receipts: int = 0
    ownership: Counter[str] = field(default_factory=Counter)
    evaluated_days: list[date] = field(default_factory=list)
    evaluated: int = 0
    signals: dict[str, int] = field(default_factory=dict)
    alerts: Counter[str] = field(default_factory=Counter)
    standings: Counter[str] = field(default_factory=Counter)
    cohorts: Counter[str] = field(default_factory=Counter)
    targets: Counter[str] = field(default_factory=Counter)
    todos: Counter[str] = field(default_factory=Counter)
    ranking: Counter[str] = field(default_factory=Counter)
    ranking_words: str = ""
    clocks: Counter[str] = field(default_factory=Counter)
    # By year: open deadlines in it whose holidays nobody has announced.
    provisional: dict[int, int] = field(default_factory=dict)
    words: Counter[str] = field(default_factory=Counter)
    duplicates: Counter[str] = field(default_factory=Counter)
    tidied: Counter[str] = field(default_factory=Counter)

    def as_summary(self) -> dict[str, Any]:
        """Return the counts under their stable names, ready for JSON."""
        return {
            "deliveries": named(
                self.deliveries,
                "taken",
                "partly",
                "refused",
                "already_taken",
                "refused_before",
                "incomplete",
            ),
            "refusals": self.refusals,
            "incomplete": self.incomplete,
            "missing_cities": self.missing_cities,
            "rows": {
                **named(self.rows, "delivered", "accepted", "rejected"),
                "reasons": dict(sorted(self.reasons.items())),
            },
            "records": named(self.records, "created", "updated", "unchanged"),
            "receipts": self.receipts,
            "ownership": named(self.ownership, "moves", "customers"),
            "evaluated_days": [day.isoformat() for day in self.evaluated_days],
            "evaluated": self.evaluated,
            "signals": dict(sorted(self.signals.items())),
            "alerts": named(self.alerts, "opened", "updated", "closed", "withdrawn"),
            "standings": named(self.standings, "changed"),
            "cohorts": named(self.cohorts, "changed"),
            "targets": named(self.targets, "joined", "left", "dropped", "asked"),
            "todos": named(self.todos, "opened", "closed"),
            "ranking": {**named(self.ranking, "ranked"), "words": self.ranking_words},
            "clocks": {
                **named(self.clocks, "raised", "moved"),
                "provisional": {str(year): count for year, count in self.provisional.items()},
            },
            "words": named(self.words, "told"),
            "duplicates": named(self.duplicates, "compared", "proposed", "withdrawn", "followed"),
            "tidied": named(self.tidied, "files", "partitions", "exports", "attachments"),
        }


def named(counts: Counter[str], *names: str) -> dict[str, int]:
    """Return exactly the named counts, zero where nothing was counted."""
    return {name: counts[name] for name in names}
