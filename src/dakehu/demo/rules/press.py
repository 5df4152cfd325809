"""Print feeds as delivery files: CSV through DuckDB, then encoding, gzip and checksum (F5).

Printing runs in DuckDB's threads, packing in threads of its own: while one day is packed, the
next is drawn.
"""

import hashlib
import zlib
from codecs import getincrementaldecoder
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

import duckdb

from dakehu.demo.rules.envelope import Paper, SentFile
from dakehu.demo.rules.feeds import Feed
from dakehu.demo.rules.people import NEVER

CHUNK = 1 << 20
# Fast: the files are read once, by the intake.
GZIP_LEVEL = 1
# Adds 16 to the window bits so that zlib writes a gzip header, without name or time in it.
GZIP_WINDOW = 16 + zlib.MAX_WBITS
PACKERS = 2


class Press:
    """Prints feeds to CSV in ``work`` and packs them; to be used in a ``with`` block."""

    def __init__(self, work: Path) -> None:
        self._work = work
        self._printed = 0
        self._packers = ThreadPoolExecutor(PACKERS)
        self._con = duckdb.connect()
        # The columns are in memory already; two threads keep the rest of the machine usable.
        self._con.execute("SET threads = 2")
        self._con.execute(
            "CREATE MACRO as_date(number) AS CASE WHEN number < "
            f"{NEVER} THEN DATE '1970-01-01' + number::INTEGER END"
        )

    def __enter__(self) -> "Press":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._packers.shutdown(wait=True, cancel_futures=error is not None)
        self._con.close()

    def print(self, feed: Feed, paper: Paper) -> Path:
        """Print ``feed`` as UTF-8, with the paper's mark between fields, and return the file."""
        self._printed += 1
        path = self._work / f"{self._printed:07d}.csv"
        form = (
            f"HEADER false, DELIMITER '{paper.mark}', QUOTE '', ESCAPE ''"
            if paper.plain
            else "HEADER"
        )
        self._con.register("feed", feed.columns)
        try:
            self._con.execute(
                f"COPY (SELECT {feed.select} FROM feed) TO '{path}' (FORMAT csv, {form})"
            )
        finally:
            self._con.unregister("feed")
        return path

    def pack(
        self, printed: Path, target: Path, *, interface: str, rows: int, paper: Paper
    ) -> "Future[SentFile]":
        """Encode and compress ``printed`` into ``target`` beside the drawing; ``printed`` goes."""
        return self._packers.submit(
            packed, printed, target, interface=interface, rows=rows, paper=paper
        )


def packed(printed: Path, target: Path, *, interface: str, rows: int, paper: Paper) -> SentFile:
    """Put ``printed`` into ``target`` as ``paper`` says, remove it and return its line."""
    digest, size = hashlib.sha256(), 0
    blocks = encoded(printed, paper)
    with target.open("wb") as sink:
        for block in compressed(blocks) if paper.compressed else blocks:
            digest.update(block)
            size += sink.write(block)
    printed.unlink()
    return SentFile(target.name, interface, rows, size, digest.hexdigest(), paper.encoding)


def encoded(printed: Path, paper: Paper) -> Iterator[bytes]:
    """Yield ``printed`` in the paper's encoding, with its separator between fields."""
    decoder = getincrementaldecoder("utf-8")()
    mark = paper.mark.encode()
    with printed.open("rb") as source:
        while chunk := source.read(CHUNK):
            if paper.encoding != "utf-8":
                chunk = decoder.decode(chunk).encode(paper.encoding)
            yield chunk if mark == paper.separator else chunk.replace(mark, paper.separator)


def compressed(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield ``blocks`` as one gzip stream."""
    gzip = zlib.compressobj(GZIP_LEVEL, wbits=GZIP_WINDOW)
    for block in blocks:
        yield gzip.compress(block)
    yield gzip.flush()
