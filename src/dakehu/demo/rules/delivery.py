"""One city's delivery of one day: its files under their names, its check files last (F5)."""

from concurrent.futures import Future
from pathlib import Path
from shutil import copyfile

from dakehu.demo.rules.envelope import Envelope, Sending, SentFile
from dakehu.demo.rules.feeds import Feed
from dakehu.demo.rules.press import Press
from dakehu.demo.rules.spoil import Mend, spoiled

RESENT = ("usage", "subscription", "service_log", "city_stat")


class Delivery:
    """
    A delivery being written to ``<root>/<city>/<YYYYMMDD>/``.

    ``whole`` says that subscribers, groups and products are the whole picture, not changes. With
    ``repair`` given, the files of :data:`RESENT` are spoiled here and go whole into that other
    delivery.
    """

    def __init__(
        self,
        root: Path,
        sending: Sending,
        envelope: Envelope,
        *,
        whole: bool = False,
        repair: "Delivery | None" = None,
    ) -> None:
        self.folder = root / sending.city / f"{sending.day:%Y%m%d}"
        self.folder.mkdir(parents=True, exist_ok=True)
        self._sending, self._envelope, self._whole = sending, envelope, whole
        self._repair = repair
        self._parts: dict[str, int] = {}
        self._packing: list[tuple[Future[SentFile], Mend | None]] = []

    def send_feed(self, press: Press, feed: Feed, rows_per_file: int) -> None:
        """Print ``feed``, in parts of at most ``rows_per_file``, and have it packed."""
        for start in range(0, max(feed.rows, 1), rows_per_file):
            part = feed.part(start, rows_per_file)
            printed = press.print(part, self._envelope.paper)
            if self._repair is not None and feed.interface in RESENT:
                self._send_spoiled(press, printed, part, self._repair)
            else:
                self._pack(press, printed, part.interface, part.rows)

    def _send_spoiled(self, press: Press, printed: Path, part: Feed, repair: "Delivery") -> None:
        copy = printed.with_suffix(".whole.csv")
        copyfile(printed, copy)
        repair._pack(press, copy, part.interface, part.rows)
        rows, mend = spoiled(printed, part.interface, rows=part.rows, envelope=self._envelope)
        self._pack(press, printed, part.interface, rows, mend)

    def _pack(
        self, press: Press, printed: Path, interface: str, rows: int, mend: Mend | None = None
    ) -> None:
        part = self._parts[interface] = self._parts.get(interface, 0) + 1
        name = self._envelope.name(interface, self._sending, part=part, whole=self._whole)
        packing = press.pack(
            printed,
            self.folder / name,
            interface=interface,
            rows=rows,
            paper=self._envelope.paper,
        )
        self._packing.append((packing, mend))

    def seal(self) -> list[SentFile]:
        """Wait for every file, write what says that they are complete, and return their lines."""
        sent = []
        for packing, mend in self._packing:
            line = packing.result()
            sent.append(mend(self.folder / line.file, line) if mend else line)
        for name, content in self._envelope.checks(sent, self._sending):
            (self.folder / name).write_bytes(content)
        return sent
