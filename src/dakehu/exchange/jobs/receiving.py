"""Steps LOAD and RECEIPTS: deliveries are verified, taken one by one, and answered."""

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from duckdb import DuckDBPyConnection

from dakehu.common.filespace import Filespace, open_filespace
from dakehu.customers.operations import indexes_put_off
from dakehu.customers.values import Applied
from dakehu.exchange.choices import DeliveryState, RunKind, StepName, refusal_in_words
from dakehu.exchange.jobs import engines
from dakehu.exchange.jobs.finding import Found, find_deliveries
from dakehu.exchange.jobs.logbook import Logbook, Meter
from dakehu.exchange.jobs.orders import RunOrder
from dakehu.exchange.jobs.tally import Tally
from dakehu.exchange.models import Run
from dakehu.exchange.operations import masters
from dakehu.exchange.operations.deliveries import (
    FileFinding,
    Finding,
    Taking,
    note_receipt,
    take_delivery,
)
from dakehu.exchange.queries.answers import announcement_of, receipt_file, rejected_file
from dakehu.exchange.queries.deliveries import OwedReceipt, owed_receipts
from dakehu.exchange.queries.facts import delivered_cities, live_partitions
from dakehu.exchange.rules.manifests import subscribers_of
from dakehu.exchange.rules.receipts import build_receipt
from dakehu.exchange.values import Announcement, Listed, Manifest
from dakehu.facts.engine import connect
from dakehu.facts.intake import take_in
from dakehu.facts.intake.values import (
    DeliveredFile,
    IntakeLimits,
    IntakeOrder,
    IntakeTarget,
    IntakeVerdict,
    Refusal,
)
from dakehu.facts.interfaces import INTERFACES
from dakehu.facts.store import Partition
from dakehu.people.queries import cities


def receive(order: RunOrder, logbook: Logbook, tally: Tally, *, workroom: Path) -> None:
    """Take every new delivery that the order covers, and answer each.

    :raises FilespaceUnreachable: if the inbox cannot be read; what was taken stays taken.
    """
    with open_filespace(order.places.inbox) as inbox:
        found = find_deliveries(inbox, order=order, logbook=logbook, tally=tally)
        with (
            logbook.step(StepName.LOAD) as meter,
            connect(engines.limits()) as engine,
            indexes_put_off(coming=subscribers_of(each.manifest for each in found)),
        ):
            meter.expect(sum(rows_of(each.manifest) for each in found))
            loader = Loader(logbook.run, inbox, engine, workroom)
            for each in found:
                loader.take(each, meter, tally)
    if order.kind == RunKind.NIGHTLY:
        delivered = delivered_cities(order.last_day, order.last_day).get(order.last_day, ())
        tally.missing_cities = [code for code in cities() if code not in delivered]


def rows_of(manifest: Manifest) -> int:
    """Return how many rows a delivery announces."""
    listed = sum(file.rows for file in manifest.files)
    return listed + sum(file.rows for file in manifest.refused)


@dataclass
class Loader:
    """Takes the deliveries of one run."""

    run: Run
    inbox: Filespace
    engine: DuckDBPyConnection
    workroom: Path
    taken: int = 0
    effects: dict[str, Applied] = field(default_factory=dict)

    @cached_property
    def limits(self) -> IntakeLimits:
        """How much of the machine one intake may use, and how much of a file may be wrong."""
        return IntakeLimits(
            scratch=self.workroom,
            memory=f"{settings.ENGINE_MEMORY_MB}MB",
            threads=settings.ENGINE_THREADS,
            rejected_percent=settings.REJECT_LIMIT_PERCENT,
        )

    def take(self, found: Found, meter: Meter, tally: Tally) -> None:
        """Verify one delivery, and take what stands of it in one transaction."""
        self.taken += 1
        manifest = found.manifest
        refusal = manifest.refusal or found.refusal
        version = f"r{self.run.pk}n{self.taken}"
        verdicts = () if refusal else tuple(self.intake(found, version))
        finding = finding_of(manifest, refusal, verdicts=verdicts, version=version)
        taking = Taking(
            run=self.run,
            at=timezone.now(),
            store=engines.store(),
            engine=self.engine,
            receipt=receipt_of(manifest, refusal, verdicts),
        )
        effects = take_delivery(finding=finding, taking=taking)
        count_delivery(tally, finding, effects)
        meter.count(rows_in=finding.rows, rows_out=finding.accepted, rejected=finding.rejected)
        meter.advance(finding.rows)

    def intake(self, found: Found, version: str) -> Iterator[IntakeVerdict]:
        """Fetch and judge the files, subscribers first; write what is good under ``version``."""
        manifest = found.manifest
        said = manifest.announcement
        folder = self.fetched(found)
        arrived: list[Partition] = []
        for name in INTERFACES:
            files = [file for file in manifest.files if file.interface == name]
            if not files:
                continue
            verdict = self.judged(said, files, folder=folder, version=version, arrived=arrived)
            if name == "subscriber" and verdict.delivered:
                arrived = [Partition(name, said.day, said.city, version, verdict.accepted)]
            yield verdict
        shutil.rmtree(folder)

    def fetched(self, found: Found) -> Path:
        """Copy the files of a delivery; one that is not there is left for the verdict to say."""
        said = found.manifest.announcement
        folder = self.workroom / f"delivery-{self.taken}"
        folder.mkdir()
        for file in found.manifest.files:
            if file.name in found.present:
                source = f"{said.city}/{said.day:%Y%m%d}/{file.name}"
                self.inbox.fetch(source, into=folder / file.name)
        return folder

    def judged(
        self,
        said: Announcement,
        files: Sequence[Listed],
        *,
        folder: Path,
        version: str,
        arrived: Sequence[Partition],
    ) -> IntakeVerdict:
        """Judge the files of one interface, and write the good rows and the rejected ones."""
        interface = INTERFACES[files[0].interface]
        known = None
        if interface.subscriber_column:
            known = self.known(said.city, said.day, arrived)
        order = IntakeOrder(
            interface=interface,
            day=said.day,
            city=said.city,
            layout=files[0].layout,
            files=tuple(
                DeliveredFile(
                    name=file.name,
                    path=folder / file.name,
                    rows=file.rows,
                    size=file.size,
                    sha256=file.sha256,
                    encoding=file.encoding,
                )
                for file in files
            ),
            known=known,
        )
        rejected = rejected_file(said, interface.name)
        target = IntakeTarget(
            folder=engines.store().folder(interface.name, day=said.day, city=said.city),
            version=version,
            rejected=rejected,
        )
        verdict = take_in(order, target=target, limits=self.limits, engine=self.engine)
        if not any(file.reasons for file in verdict.files):
            rejected.unlink(missing_ok=True)
        return verdict

    def known(self, city: str, day: date, arrived: Sequence[Partition]) -> Path:
        """Return the list of subscribers known to a city once ``arrived`` counts."""
        live = live_partitions(["subscriber"], city=city)
        if arrived:
            # What is sent again replaces what was sent for the day.
            live = [partition for partition in live if partition.day != day]
        return masters.ensure_known(
            engines.store(), live, arrived=arrived, city=city, limits=engines.limits()
        )


def finding_of(
    manifest: Manifest,
    refusal: Refusal | None,
    *,
    verdicts: Sequence[IntakeVerdict],
    version: str,
) -> Finding:
    """Put together what is written down about a delivery."""
    said = manifest.announcement
    return Finding(
        dialect=said.dialect,
        city=said.city,
        day=said.day,
        scope=said.scope,
        send=said.send,
        fingerprint=manifest.fingerprint,
        version=version,
        refusal=refusal,
        files=(*judged_files(verdicts), *refused_files(manifest)),
        verdicts=tuple(verdicts),
    )


def judged_files(verdicts: Sequence[IntakeVerdict]) -> Iterator[FileFinding]:
    """Yield the files that were looked into."""
    for verdict in verdicts:
        for file in verdict.files:
            yield FileFinding(
                name=file.name,
                interface=verdict.interface,
                rows=file.rows,
                accepted=file.accepted,
                rejected=file.rejected,
                reasons={str(reason): count for reason, count in file.reasons.items()},
                refusal=file.refusal,
            )


def refused_files(manifest: Manifest) -> Iterator[FileFinding]:
    """Yield the files that were refused for their name or their line in the manifest."""
    for file in manifest.refused:
        yield FileFinding(
            name=file.name,
            interface=file.interface,
            rows=file.rows,
            accepted=0,
            rejected=file.rows,
            reasons={},
            refusal=file.refusal,
        )


def receipt_of(
    manifest: Manifest, refusal: Refusal | None, verdicts: Sequence[IntakeVerdict]
) -> dict[str, object]:
    """Put the receipt of a delivery together, with sentences in the installation's language."""
    judged = [(verdict.interface, file) for verdict in verdicts for file in verdict.files]
    return build_receipt(manifest, judged, refusal=refusal, wording=worded)


def worded(refusal: Refusal) -> str:
    """Say a refusal."""
    return refusal_in_words(str(refusal.code), refusal.parameters)


def count_delivery(tally: Tally, finding: Finding, effects: dict[str, Applied]) -> None:
    """Add one delivery to the summary."""
    counted = {
        DeliveryState.ACCEPTED: ("taken",),
        DeliveryState.PARTLY: ("taken", "partly"),
        DeliveryState.REFUSED: ("refused",),
    }
    tally.deliveries.update(counted[finding.state])
    tally.rows.update(delivered=finding.rows, accepted=finding.accepted, rejected=finding.rejected)
    for applied in effects.values():
        tally.records.update(
            created=applied.created, updated=applied.updated, unchanged=applied.unchanged
        )
    place = {"city": finding.city, "day": finding.day.isoformat(), "send": f"{finding.send:02d}"}
    if finding.refusal is not None:
        tally.refusals.append({**place, "file": "", **told(finding.refusal)})
    for file in finding.files:
        tally.reasons.update(file.reasons)
        if file.refusal is not None:
            tally.refusals.append({**place, "file": file.name, **told(file.refusal)})


def told(refusal: Refusal) -> dict[str, str]:
    """Return code and sentence of a refusal."""
    return {"code": str(refusal.code), "words": worded(refusal)}


def send_receipts(order: RunOrder, logbook: Logbook, tally: Tally) -> None:
    """Send every receipt that is owed; one that was sent but not noted is sent again.

    :raises FilespaceUnreachable: if the outbox cannot be written; the receipts stay owed.
    """
    with logbook.step(StepName.RECEIPTS) as meter:
        owed = list(owed_receipts())
        meter.expect(len(owed))
        if not owed:
            return
        with open_filespace(order.places.outbox) as outbox:
            for each in owed:
                answer(outbox, each)
                note_receipt(delivery_id=each.delivery_id, at=timezone.now())
                tally.receipts += 1
                meter.count(rows_out=1)
                meter.advance()


def answer(outbox: Filespace, owed: OwedReceipt) -> None:
    """Put the rejected rows of a delivery into the outbox, and its receipt last."""
    said = announcement_of(city=owed.city, day=owed.day, receipt=owed.receipt)
    folder = f"{owed.city}/{owed.day:%Y%m%d}"
    for name in dict.fromkeys(file["interface"] for file in owed.receipt["files"]):
        rejected = rejected_file(said, name)
        if rejected.is_file():
            outbox.put(f"{folder}/{rejected.name}", rejected)
    content = json.dumps(owed.receipt, ensure_ascii=False, indent=1).encode()
    outbox.put(f"{folder}/{receipt_file(said, owed.receipt)}", content)
