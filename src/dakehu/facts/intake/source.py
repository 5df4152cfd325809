"""
Reading one delivered file as a stream: hash, size, gunzip within bounds, whole lines.

Nothing here keeps more than one block in memory, whatever the size of the file or what a
malicious gzip unpacks to.
"""

import hashlib
import zlib
from collections.abc import Iterator

from dakehu.facts.intake.values import DeliveredFile, FileRefusal, Layout, Refusal
from dakehu.facts.interfaces import Interface, Kind

READ_BYTES = 32 * 1024
"""Compressed bytes per read; gzip can grow them a thousandfold, which bounds one block."""

LONGEST_LINE = 1024 * 1024
SLACK = 1024 * 1024
WIDTHS = {Kind.TEXT: 512, Kind.INTEGER: 21, Kind.DATE: 13, Kind.MONTH: 9, Kind.INSTANT: 40}
"""Bytes that a field of each kind may take on average, separator and quotes included."""
PROSE_WIDTH = 16 * 1024


class Refused(Exception):
    """Reading stopped: the file is refused for what was found so far."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


def plain_bound(interface: Interface, rows: int) -> int:
    """Say how many bytes ``rows`` rows can honestly take unpacked; more is a zip bomb."""
    widths = (PROSE_WIDTH if one.is_prose else WIDTHS[one.kind] for one in interface.columns)
    return SLACK + rows * sum(widths)


class Source:
    """One pass over one file; ``sha256`` and the refusal order are settled by ``finish``."""

    def __init__(self, file: DeliveredFile, layout: Layout, *, bound: int) -> None:
        self._file = file
        self._compressed = layout.compressed
        self._bound = bound
        self._hash = hashlib.sha256()
        self._handle = file.path.open("rb", buffering=0)
        self._plain = 0

    def close(self) -> None:
        """Release the file."""
        self._handle.close()

    def finish(self) -> None:
        """
        Read on to the end without unpacking, and compare the checksum.

        :raises Refused: if the file is not the one that the manifest describes.
        """
        for _ in self._raw():
            pass
        if self._file.sha256 is None:
            return
        found = self._hash.hexdigest()
        if found != self._file.sha256.lower():
            raise Refused(
                Refusal(
                    FileRefusal.SHA256_DIFFERS, {"expected": self._file.sha256, "found": found}
                )
            )

    def blocks(self) -> Iterator[bytes]:
        """
        Yield the plain text in blocks that end with a line feed.

        :raises Refused: if gzip is broken, or more comes out than the rows can need.
        """
        carry: list[bytes] = []
        carried = 0
        for piece in self._inflated() if self._compressed else self._raw():
            self._count(piece)
            cut = piece.rfind(b"\n") + 1
            if cut:
                yield b"".join((*carry, piece[:cut]))
                carry, carried = [], 0
            carry.append(piece[cut:])
            carried += len(piece) - cut
            if carried > LONGEST_LINE:
                raise Refused(Refusal(FileRefusal.LINE_TOO_LONG, {"limit": LONGEST_LINE}))
        if carried:
            yield b"".join((*carry, b"\n"))

    def _count(self, piece: bytes) -> None:
        self._plain += len(piece)
        if self._plain > self._bound:
            raise Refused(Refusal(FileRefusal.TOO_LARGE, {"limit": self._bound}))

    def _raw(self) -> Iterator[bytes]:
        while data := self._handle.read(READ_BYTES):
            self._hash.update(data)
            yield data

    def _inflated(self) -> Iterator[bytes]:
        engine = zlib.decompressobj(wbits=31)
        opened = False
        try:
            for data in self._raw():
                waiting = data
                while waiting:
                    opened = True
                    if plain := engine.decompress(waiting):
                        yield plain
                    waiting = b""
                    if engine.eof:
                        # A gzip file may hold several members, and zeros as padding between.
                        waiting = engine.unused_data.lstrip(b"\0")
                        engine, opened = zlib.decompressobj(wbits=31), False
        except zlib.error as broken:
            raise Refused(Refusal(FileRefusal.GZIP_BROKEN, {"cause": str(broken)})) from broken
        if opened or not self._handle.tell():
            raise Refused(Refusal(FileRefusal.GZIP_BROKEN, {"cause": "unexpected end"}))
