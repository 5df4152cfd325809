"""One city's delivery of one day: its files under their names, and the manifest last (F5)."""

import csv
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import astuple, fields
from datetime import date
from pathlib import Path
from shutil import copyfile

from dakehu.demo.rules import spoil
from dakehu.demo.rules.feeds import Feed
from dakehu.demo.rules.press import Press, SentFile

Mend = Callable[[Path, SentFile], SentFile]

# A re-send numbers its files from here, so that it never writes over the first delivery's.
FIRST_PART_OF_A_RESEND = 101
RESENT = ("usage", "subscription", "service_log", "city_stat")


class Delivery:
    """
    A delivery being written to ``<root>/<city>/<YYYYMMDD>/``.

    ``send`` is 0 for the first delivery of the day and counts re-sends. With ``repair`` given, the
    files of :data:`RESENT` are spoiled here and go whole into that other delivery.
    """

    def __init__(
        self,
        root: Path,
        *,
        city: str,
        day: date,
        encoding: str,
        send: int = 0,
        repair: "Delivery | None" = None,
    ) -> None:
        self.city, self.day, self.encoding, self.send = city, day, encoding, send
        self.folder = root / city / f"{day:%Y%m%d}"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.repair = repair
        self._parts: dict[str, int] = {}
        self._packing: list[tuple[Future[SentFile], Mend | None]] = []

    def send_feed(self, press: Press, feed: Feed, rows_per_file: int) -> None:
        """Print ``feed``, in parts of at most ``rows_per_file``, and have it packed."""
        for start in range(0, max(feed.rows, 1), rows_per_file):
            part = feed.part(start, rows_per_file)
            printed = press.print(part)
            if self.repair is not None and feed.interface in RESENT:
                self._send_spoiled(press, printed, part)
            else:
                self._pack(press, printed, part.interface, part.rows)

    def _send_spoiled(self, press: Press, printed: Path, part: Feed) -> None:
        assert self.repair is not None
        whole = printed.with_suffix(".whole.csv")
        copyfile(printed, whole)
        self.repair._pack(press, whole, part.interface, part.rows)
        rows, mend = spoil.spoiled(printed, part.interface, part.rows)
        self._pack(press, printed, part.interface, rows, mend)

    def _pack(
        self, press: Press, printed: Path, interface: str, rows: int, mend: Mend | None = None
    ) -> None:
        first = FIRST_PART_OF_A_RESEND if self.send else 1
        number = self._parts[interface] = self._parts.get(interface, first - 1) + 1
        name = f"{interface}_{self.city}_{self.day:%Y%m%d}_{number:03d}.csv.gz"
        packing = press.pack(
            printed, self.folder / name, interface=interface, rows=rows, encoding=self.encoding
        )
        self._packing.append((packing, mend))

    def seal(self) -> list[SentFile]:
        """Wait for every file, write the manifest and return its lines."""
        sent = []
        for packing, mend in self._packing:
            line = packing.result()
            sent.append(mend(self.folder / line.file, line) if mend else line)
        name = f"manifest_{self.city}_{self.day:%Y%m%d}_{self.send:02d}.csv"
        with (self.folder / name).open("w", encoding="utf-8", newline="") as sink:
            lines = csv.writer(sink, lineterminator="\n")
            lines.writerow(field.name for field in fields(SentFile))
            lines.writerows(astuple(line) for line in sent)
        return sent
