"""Step TIDY: what no longer counts is removed; what counts is never touched.

Files at rest are named by their version, so removing can be repeated and interrupted at will.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.timezone import make_aware

from dakehu.exchange.choices import StepName
from dakehu.exchange.jobs import engines
from dakehu.exchange.jobs.logbook import Logbook, Meter
from dakehu.exchange.jobs.tally import Tally
from dakehu.exchange.operations import masters
from dakehu.exchange.operations.retention import first_day_kept, forget_before
from dakehu.exchange.queries.facts import evaluations, live_partitions, newest_usage_day
from dakehu.facts.interfaces import INTERFACES
from dakehu.files.operations.attachments import discard_removed
from dakehu.files.operations.exports import end_exports
from dakehu.ranking.operations import INPUTS
from dakehu.signin.operations import forget_sign_ins

INPUTS_KEPT = 7
"""What a model ranked by is kept for the newest days; their order is kept as long as the rest."""

MASTERS_KEPT = 7
"""Masters of the newest days stay, so that a late delivery of usage needs no new one."""


@contextmanager
def workroom(home: Path) -> Iterator[Path]:
    """Give a run an empty folder of its own; what a killed run left there goes first."""
    room = home / "work" / "run"
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir(parents=True)
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)


def tidy(day: date, logbook: Logbook, tally: Tally) -> None:
    """Forget facts past their retention, remove stray files, let what nobody decided lapse."""
    with logbook.step(StepName.TIDY) as meter:
        # A night of a mistyped year must not forget everything: the newest facts decide.
        newest = min(day, newest_usage_day() or day)
        kept_from = first_day_kept(newest, months=settings.FACTS_KEPT_MONTHS)
        tally.tidied["partitions"] = forget_before(kept_from)
        removed = [*remove_strays(wanted_files()), *remove_old_rejections(kept_from)]
        tally.tidied["files"] = len(removed)
        tally.tidied["exports"] = end_exports(at=timezone.now())
        forget_log_ins(kept_from)
        tally.tidied["attachments"] = discard_attachments()
        meter_removed(meter, len(removed))


def forget_log_ins(kept_from: date) -> None:
    """Forget sessions that are over, and sign-ins of before the first day that is kept."""
    before = make_aware(datetime.combine(kept_from, time.min))
    forget_sign_ins(before=before, at=timezone.now())


def discard_attachments() -> int:
    """Remove for good the files of attachments that nobody brought back in time."""
    at = timezone.now()
    before = at - timedelta(days=settings.ATTACHMENT_KEPT_DAYS)
    return discard_removed(before=before, at=at)


def meter_removed(meter: Meter, files: int) -> None:
    """Count the removed files on the step."""
    meter.count(rows_out=files)
    meter.expect(1)
    meter.advance()


def wanted_files() -> set[Path]:
    """Return every file that something live refers to."""
    store = engines.store()
    partitions = live_partitions(INTERFACES)
    wanted = {
        store.path(partition, part)
        for partition in partitions
        for part in INTERFACES[partition.interface].parts
    }
    days = evaluations()
    for each in days:
        for folder in (store.home / "results").glob("*"):
            if folder.name != INPUTS or each in days[-INPUTS_KEPT:]:
                wanted.add(store.result_folder(folder.name, each.day) / f"{each.token}.parquet")
    subscribers = [each for each in partitions if each.interface == "subscriber"]
    newest = masters.earlier_days(store, date.max)[:MASTERS_KEPT]
    wanted.update(masters.master_path(store, subscribers, each) for each in newest)
    for city in {each.city for each in subscribers}:
        mine = [each for each in subscribers if each.city == city]
        wanted.add(masters.known_path(store, mine, city))
    return wanted


def remove_strays(wanted: set[Path]) -> Iterator[Path]:
    """Remove the files at rest that are not wanted, and folders left empty; yield the files."""
    store = engines.store()
    tended = [store.facts / name for name in (*INTERFACES, "master", "known")]
    for root in (*tended, store.home / "results"):
        yield from removed_below(root, wanted)


def removed_below(root: Path, wanted: set[Path]) -> Iterator[Path]:
    """Remove what is not wanted below ``root``, from the deepest folder up."""
    for folder, _folders, names in os.walk(root, topdown=False):
        paths = (Path(folder) / name for name in names)
        yield from removed(path for path in paths if path not in wanted)
        if folder != str(root) and not os.listdir(folder):
            os.rmdir(folder)


def removed(paths: Iterable[Path]) -> Iterator[Path]:
    """Remove files one by one."""
    for path in paths:
        path.unlink(missing_ok=True)
        yield path


def remove_old_rejections(kept_from: date) -> Iterator[Path]:
    """Remove the rejected rows of deliveries that are past their retention."""
    for folder in (settings.HOME / "rejected").glob("*/*"):
        if folder.name < f"{kept_from:%Y%m%d}":
            yield from removed_below(folder, set())
            folder.rmdir()
