"""
Telling open pages that something rings: who listens, and what wakes them (W14).

One process holds the streams of all pages in one event loop. It looks into the table of rings
twice a second, on SQLite and PostgreSQL alike, and at the sessions of all listeners now and then:
whose session has ended hears no more. What the streams say is only that there is news.
"""

import asyncio
import logging
import os
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from dakehu.common.batches import batched
from dakehu.live import queries
from dakehu.signin.queries import attentive_sessions

LOOK = 0.5
"""Seconds between two looks for what rings."""

CHECK = 15.0
"""Seconds between two looks at the sessions of those who listen."""

OVERLAP = timedelta(minutes=1)
"""So far back every look goes: what was committed late is found all the same."""

MOST_OF_SESSION = 8
"""So many pages of one session are told; of more, those opened last."""

LOG = logging.getLogger("dakehu.live")
Found = TypeVar("Found")


@dataclass(eq=False)
class Ear:
    """One open page that listens."""

    session_key: str
    staff_id: int
    news: asyncio.Event = field(default_factory=asyncio.Event)
    is_over: bool = False

    def ring(self) -> None:
        """Let the page hear that there is news."""
        self.news.set()

    def end(self) -> None:
        """Let the page hear no more."""
        self.is_over = True
        self.news.set()


class Hub:
    """All who listen, by person and by session."""

    def __init__(self) -> None:
        self.ears: dict[int, set[Ear]] = defaultdict(set)
        self.sessions: dict[str, list[Ear]] = defaultdict(list)
        # The databases are asked beside the loop, by threads that keep their connections.
        self.hands = ThreadPoolExecutor(max_workers=4, thread_name_prefix="live")
        self.watches: list[asyncio.Task[None]] = []
        self.told: set[int] = set()

    @property
    def count(self) -> int:
        """How many pages listen."""
        return sum(len(ears) for ears in self.sessions.values())

    def add(self, ear: Ear) -> None:
        """Let a page listen; of too many of one session the oldest is let go."""
        pages = self.sessions[ear.session_key]
        pages.append(ear)
        self.ears[ear.staff_id].add(ear)
        if len(pages) > MOST_OF_SESSION:
            pages[0].end()
            self.remove(pages[0])

    def remove(self, ear: Ear) -> None:
        """Forget a page; twice does no harm."""
        pages = self.sessions.get(ear.session_key, [])
        if ear in pages:
            pages.remove(ear)
        self.ears[ear.staff_id].discard(ear)
        for table, key in ((self.sessions, ear.session_key), (self.ears, ear.staff_id)):
            if not table[key]:  # type: ignore[index]
                del table[key]  # type: ignore[arg-type]

    def ring(self, staff_ids: set[int]) -> None:
        """Tell all pages of these people that there is news."""
        for staff_id in staff_ids & self.ears.keys():
            for ear in self.ears[staff_id]:
                ear.ring()

    def end(self) -> None:
        """Let everybody go."""
        for pages in list(self.sessions.values()):
            for ear in list(pages):
                ear.end()

    async def ask(self, question: Callable[..., Found], *arguments: Any, **named: Any) -> Found:
        """Ask the records beside the loop."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.hands, asked, question, arguments, named)

    def start(self) -> None:
        """Begin to watch rings and sessions; what rang before was told where a page begins."""
        loop = asyncio.get_running_loop()
        self.watches = [
            loop.create_task(repeated(self.look, LOOK)),
            loop.create_task(repeated(self.check, CHECK)),
        ]

    async def stop(self) -> None:
        """Watch no more."""
        for watch in self.watches:
            watch.cancel()
        await asyncio.gather(*self.watches, return_exceptions=True)
        self.hands.shutdown(wait=True)

    async def look(self) -> None:
        """Tell what rang since the last look."""
        rung = await self.ask(queries.rung_since, timezone.now() - OVERLAP)
        new = {staff_id for pk, staff_id in rung if pk not in self.told}
        self.told = {pk for pk, _staff_id in rung}
        self.ring(new)

    async def check(self) -> None:
        """Let go whose session has ended, or at whose screen nobody is any more."""
        for keys in batched(list(self.sessions), 500):
            live = await self.ask(attentive_sessions, keys, at=timezone.now())
            for key in set(keys) - live:
                for ear in list(self.sessions.get(key, [])):
                    ear.end()


HUB = Hub()
"""The one of this process."""


def asked(question: Callable[..., Found], arguments: Any, named: Any) -> Found:
    """Ask with a connection that still holds."""
    close_old_connections()
    return question(*arguments, **named)


async def repeated(act: Callable[[], Any], pause: float) -> None:
    """Do something again and again, whatever happens to the database meanwhile."""
    is_away = False
    while True:
        try:
            await act()
            is_away = False
        except DatabaseError:
            if not is_away:
                LOG.warning("The records database cannot be used")
            is_away = True
        await asyncio.sleep(pause)


async def stay_beside(parent: int, leave: Callable[[], None]) -> None:
    """End with the process that this one belongs to."""
    while os.getppid() == parent:
        await asyncio.sleep(1)
    leave()


def has_news(staff: Any, at: datetime) -> bool:
    """Tell whether something rings for a person who begins to listen."""
    return bool(queries.fresh_rings(staff, at=at))
