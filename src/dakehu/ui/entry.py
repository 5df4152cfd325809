"""Log-in: what upper apps still ask before a person is in, and other ways in.

An app registers in its ``apps.ready()``::

    entry.register_door(ask_for_second_factor)
    entry.register_way(Way(_("Log in with a passkey"), "fingerprint", "signin:passkey", 10))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise

from dakehu.ui.navigation import known_url


def note_trouble(request: HttpRequest, words: str) -> None:
    """Keep why a password can be neither taken nor refused now; the log-in page says it."""
    request.log_in_trouble = words  # type: ignore[attr-defined]


def trouble_of(request: HttpRequest | None) -> str:
    """Return why a password could be neither taken nor refused; nothing if it was refused."""
    return getattr(request, "log_in_trouble", "")


def always() -> bool:
    """Offer a way whatever the installation is like."""
    return True


@dataclass(frozen=True)
class Way:
    """Another way in, shown under the log-in form while it is offered."""

    title: str | Promise | Callable[[], str]
    icon: str
    url_name: str
    order: int = 100
    is_offered: Callable[[], bool] = always

    @property
    def words(self) -> str:
        """Return the words of its button."""
        return str(self.title() if callable(self.title) else self.title)

    @property
    def url(self) -> str:
        """Return where it begins."""
        return known_url(self.url_name)


# Takes the request, the person whose password was right, and where they want to go.
Door = Callable[[HttpRequest, Any, str], HttpResponse | None]

_doors: list[Door] = []
_ways: list[Way] = []


def register_door(door: Door) -> None:
    """Add a question that is asked between the right password and the first page.

    A door answers with the page that asks, or with nothing to let the person pass.
    """
    if door not in _doors:
        _doors.append(door)


def register_way(way: Way) -> None:
    """Add another way in; registering it twice changes nothing."""
    if way not in _ways:
        _ways.append(way)


def ways() -> list[Way]:
    """Return the other ways in that this installation offers."""
    return sorted((way for way in _ways if way.is_offered()), key=lambda way: way.order)


def enter(request: HttpRequest, person: Any, url: str) -> HttpResponse:
    """Let a person in whose password was right, unless a door still asks something."""
    for door in _doors:
        if asked := door(request, person, url):
            return asked
    login(request, person)
    return HttpResponseRedirect(url)
