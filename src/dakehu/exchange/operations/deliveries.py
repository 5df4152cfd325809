"""
Taking a delivery: facts become live and records change in one transaction (F5, F6, promise 5).

The files at rest are written before, under a version that nobody reads yet. Whatever kills the
process, a delivery is either known with everything it brought, or not at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from duckdb import DuckDBPyConnection

from dakehu.customers.values import Applied
from dakehu.exchange.choices import DeliveryState, FileState
from dakehu.exchange.models import (
    DeliveredInterface,
    Delivery,
    DeliveryFile,
    EvaluatedDay,
    LivePartition,
    PendingDay,
    Run,
)
from dakehu.exchange.operations import belated, records
from dakehu.facts.intake.values import IntakeVerdict, Refusal
from dakehu.facts.store import FactStore, Partition
from dakehu.people.operations import ensure_city

MOVES_SIGNALS = frozenset({"usage", "subscriber", "month"})
"""Interfaces whose rows the warnings and the card levels read."""


@dataclass(frozen=True)
class FileFinding:
    """One file of a delivery and what became of it."""

    name: str
    interface: str
    rows: int
    accepted: int
    rejected: int
    reasons: Mapping[str, int]
    refusal: Refusal | None


@dataclass(frozen=True)
class Finding:
    """A delivery as it was found to be, before any of it counts.

    ``version`` names the files at rest; ``verdicts`` are those of the interfaces that were taken
    in; ``files`` are all files, those refused before any row was looked at among them.
    """

    dialect: str
    city: str
    day: date
    scope: str
    send: int
    fingerprint: str
    version: str = ""
    refusal: Refusal | None = None
    files: tuple[FileFinding, ...] = ()
    verdicts: tuple[IntakeVerdict, ...] = ()

    @property
    def state(self) -> DeliveryState:
        """Whether all, some, or none of it was taken."""
        if not any(verdict.delivered for verdict in self.verdicts):
            return DeliveryState.REFUSED
        if any(file.refusal is not None for file in self.files):
            return DeliveryState.PARTLY
        return DeliveryState.ACCEPTED

    @property
    def rows(self) -> int:
        """Rows that the sender named."""
        return sum(file.rows for file in self.files)

    @property
    def accepted(self) -> int:
        """Rows that count from now on."""
        return sum(file.accepted for file in self.files)

    @property
    def rejected(self) -> int:
        """Rows that were sent back."""
        return self.rows - self.accepted


@dataclass(frozen=True)
class Taking:
    """Which run takes a delivery, when, what it answers, and where the rows rest."""

    run: Run
    at: datetime
    store: FactStore
    engine: DuckDBPyConnection
    receipt: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def take_delivery(*, finding: Finding, taking: Taking) -> dict[str, Applied]:
    """Write down a delivery and make what was accepted count, all at once.

    A delivery that was refused whole is written down too, so that it is told once. Returns what
    the rows of each interface did.
    """
    ensure_city(finding.city, at=taking.at)
    delivery = Delivery.objects.create(
        dialect=finding.dialect,
        city_code=finding.city,
        day=finding.day,
        scope=finding.scope,
        send=finding.send,
        fingerprint=finding.fingerprint,
        state=finding.state,
        refusal=stored(finding.refusal),
        taken_at=taking.at,
        run=taking.run,
        rows=finding.rows,
        accepted=finding.accepted,
        rejected=finding.rejected,
        receipt=dict(taking.receipt),
    )
    write_files(delivery, finding)
    delivered = {verdict.interface: verdict for verdict in finding.verdicts if verdict.delivered}
    effects = {
        name: make_live(delivery, delivered[name], finding=finding, taking=taking)
        for name in records.ORDER
        if name in delivered
    }
    if not MOVES_SIGNALS.isdisjoint(effects):
        ask_again(city=finding.city, day=finding.day)
    return effects


def write_files(delivery: Delivery, finding: Finding) -> None:
    """Write down what became of each file."""
    DeliveryFile.objects.bulk_create(
        DeliveryFile(
            delivery=delivery,
            name=file.name,
            interface=file.interface,
            state=FileState.ACCEPTED if file.refusal is None else FileState.REFUSED,
            refusal=stored(file.refusal),
            rows=file.rows,
            accepted=file.accepted,
            rejected=file.rejected,
            reasons=dict(file.reasons),
        )
        for file in finding.files
    )


def make_live(
    delivery: Delivery, verdict: IntakeVerdict, *, finding: Finding, taking: Taking
) -> Applied:
    """Apply the rows of one interface, and switch its city and day to the delivered version."""
    partition = Partition(
        verdict.interface, finding.day, finding.city, finding.version, verdict.accepted
    )
    arrival = records.Arrival(partition, store=taking.store, engine=taking.engine)
    awaited = belated.awaiting_months(arrival)
    applied = records.apply_arrival(arrival, at=taking.at)
    belated.bring_months(arrival, awaited, at=taking.at)
    LivePartition.objects.update_or_create(
        interface=verdict.interface,
        day=delivery.day,
        city_code=delivery.city_code,
        defaults={"version": finding.version, "rows": verdict.accepted, "delivery": delivery},
    )
    DeliveredInterface.objects.create(
        delivery=delivery,
        interface=verdict.interface,
        accepted=verdict.accepted,
        rejected=verdict.rejected,
        created=applied.created,
        updated=applied.updated,
        unchanged=applied.unchanged,
    )
    return applied


def ask_again(*, city: str, day: date) -> None:
    """Ask for the evaluated days from ``day`` on to be worked out again for a city."""
    if EvaluatedDay.objects.filter(day__gte=day).exists():
        PendingDay.objects.get_or_create(city_code=city, day=day)


def stored(refusal: Refusal | None) -> dict[str, Any]:
    """Return a refusal as it is kept: its code and its figures; nothing if there is none."""
    if refusal is None:
        return {}
    return {"code": str(refusal.code), "parameters": dict(refusal.parameters)}


def note_receipt(*, delivery_id: int, at: datetime) -> None:
    """Write down that a delivery's receipt lies in the outbox."""
    Delivery.objects.filter(pk=delivery_id, receipt_at__isnull=True).update(receipt_at=at)
