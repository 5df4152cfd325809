"""Lists of personal data: what is taken away of them must be released by a second person.

The app that keeps releases registers its form in its ``apps.ready()``; it is called with the URL
name of the list as ``screen`` and the address of the list as ``query``::

    releases.register("files:export_request")
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from dakehu.ui.lists.addresses import Address
from dakehu.ui.lists.pages import ListContent
from dakehu.ui.lists.screens import ListScreen, screen_named
from dakehu.ui.navigation import known_url

_form: list[str] = []


def register(url_name: str) -> None:
    """Let exports of personal lists be asked for on the form at ``url_name``."""
    _form[:] = [url_name]


def form_url(screen: ListScreen, address: Address) -> str:
    """Return where the export of a list is asked for; nothing while no app keeps releases."""
    url = known_url(_form[0]) if _form else ""
    wanted = {"screen": screen.name, "query": address.kept_query}
    return f"{url}?{urlencode(wanted)}" if url else ""


def list_url(screen: ListScreen) -> str:
    """Return the address of a list."""
    return known_url(screen.name)


def personal_list(name: str) -> ListScreen | None:
    """Return the personal list of a URL name; nothing if there is none."""
    try:
        # Lists stand in views, which are imported with the addresses.
        screen = screen_named(name) if known_url(name) else None
    except KeyError:
        return None
    return screen if screen is not None and screen.personal else None


def list_title(name: str) -> str:
    """Return the title of a personal list; its name if no app offers it any more."""
    screen = personal_list(name)
    return str(screen.title) if screen else name


def content_for(
    actor: Any, screen: ListScreen, query: str, columns: Sequence[str] = ()
) -> ListContent:
    """Return a list as ``actor`` would see it now, without a request of theirs."""
    typed = QueryDict(query, mutable=True)
    if columns:
        typed["columns"] = ",".join(columns)
    request = HttpRequest()
    request.user = actor
    request.GET = typed
    return ListContent(request, screen, Address.of(typed))
