"""In-process events: a lower app tells what happened, upper apps listen.

Events are frozen dataclasses named in the past tense, kept in the announcing app's ``events.py``.
The announcing operation sends them after its transaction is committed.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

Listener = Callable[[Any], None]
listeners: dict[type, list[Listener]] = defaultdict(list)


def listen(event_type: type, listener: Listener) -> None:
    """Call ``listener`` with every event of ``event_type``; registering twice changes nothing."""
    if listener not in listeners[event_type]:
        listeners[event_type].append(listener)


def announce(event: object) -> None:
    """Hand ``event`` to every listener of its type, in the order of registration."""
    for listener in listeners[type(event)]:
        listener(event)
