"""
Where a row of the staged text stood in the delivered file.

Staged rows and delivered lines run in step until a line is left out or a quoted field spans
several lines; only those places are kept, so a clean file of any size costs nothing.
"""

from bisect import bisect_right
from dataclasses import dataclass, field


@dataclass
class LineMap:
    """Counts staged rows and delivered lines side by side; answers row → line."""

    line: int = 1
    rows: int = 0
    _starts: list[int] = field(default_factory=list)
    _offsets: list[int] = field(default_factory=list)

    def skip(self, lines: int) -> None:
        """Pass over lines that stage no row."""
        self.line += lines

    def stage(self, rows: int, *, lines: int) -> None:
        """Note that the next ``lines`` lines stage ``rows`` rows: one each, or one of several."""
        offset = self.line - self.rows
        if not self._offsets or self._offsets[-1] != offset:
            self._starts.append(self.rows)
            self._offsets.append(offset)
        self.rows += rows
        self.line += lines

    def line_of(self, row: int) -> int:
        """Say on which line of the delivered file the staged row (from 0) began."""
        return row + self._offsets[bisect_right(self._starts, row) - 1]
