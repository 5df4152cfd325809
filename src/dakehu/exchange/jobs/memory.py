"""Peak memory of the running process, step by step where the system allows it."""

import resource
from pathlib import Path

CLEAR_REFS = Path("/proc/self/clear_refs")
STATUS = Path("/proc/self/status")


def reset_peak() -> None:
    """Start measuring anew; where the system has no such switch, the peak is the whole run's."""
    try:
        # 5 resets the high-water mark of the resident set and touches nothing else.
        CLEAR_REFS.write_text("5", encoding="ascii")
    except OSError:
        return


def peak_kb() -> int:
    """Return the largest resident set since the last reset, in kB."""
    try:
        status = STATUS.read_text(encoding="ascii", errors="replace")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for line in status.splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
