"""Clocks that run: started on Monday 14 September 2026, in the morning."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def wall(text: str) -> datetime:
    """Return an instant of Chinese wall time, of 14 September 2026 if no day is named."""
    return datetime.fromisoformat(text if "-" in text else f"2026-09-14 {text}").replace(
        tzinfo=CHINA
    )


def standard(text: str) -> Any:
    """Return the standard that a text such as ``2 working_hour`` promises."""
    from dakehu.clocks.choices import TimeUnit
    from dakehu.clocks.values import Standard

    amount, unit = text.split()
    return Standard(int(amount), TimeUnit(unit))


@dataclass
class Runner:
    """Starts and changes the clocks of one thing after another."""

    people: Any
    unit: Any
    number: int = 0

    def start(self, promised: str = "4 working_hour", at: str = "09:00", **options: Any) -> Any:
        """Start the clock of a new thing."""
        from dakehu.clocks.choices import ClockKind
        from dakehu.clocks.operations import start_clock

        self.number += 1
        given = {
            "subject": "thing",
            "subject_id": self.number,
            "kind": ClockKind.RESOLVE,
            "source": "C17 A v1",
            "unit": self.unit,
            "owner": self.people.manager,
            "customer": None,
            "by": self.people.manager,
            **options,
        }
        return start_clock(standard=standard(promised), at=wall(at), **given)

    def act(self, operation: Callable[..., Any], clock: Any, at: str, **options: Any) -> Any:
        """Do something to a clock's thing, and return the clock as it is stored."""
        given = {} if "owner" in options else {"reason": "等客户资料"}
        given |= options
        operation(
            subject=clock.subject,
            subject_id=clock.subject_id,
            by=self.people.manager,
            at=wall(at),
            **given,
        )
        clock.refresh_from_db()
        return clock

    def pause(self, clock: Any, at: str) -> Any:
        """Let a clock stand still."""
        from dakehu.clocks.operations import pause_clocks

        return self.act(pause_clocks, clock, at)

    def resume(self, clock: Any, at: str) -> Any:
        """Let a clock run on."""
        from dakehu.clocks.operations import resume_clocks

        return self.act(resume_clocks, clock, at, reason="资料已到")

    def stop(self, clock: Any, at: str) -> Any:
        """Answer."""
        from dakehu.clocks.operations import stop_clock

        stop_clock(
            subject=clock.subject,
            subject_id=clock.subject_id,
            kind=clock.kind,
            by=self.people.manager,
            at=wall(at),
        )
        clock.refresh_from_db()
        return clock


def stages(clock: Any) -> list[int]:
    """Return what a clock raised that stands."""
    found = clock.notices.filter(voided_at=None).order_by("stage")
    return list(found.values_list("stage", flat=True))
