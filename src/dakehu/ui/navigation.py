"""The left navigation: apps register their entries, the shell shows those a role permits.

An app registers in its ``apps.ready()``::

    navigation.register(
        NavItem(Section.CUSTOMERS, _("Customers"), "users", "customers:list", "customers.view", 10)
    )
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dakehu.ui.actors import Actor

# The shell has a place for these screens; the app that serves one may be absent.
HOME_URL = "desk:home"
SEARCH_URL = "desk:search"
SUGGESTIONS_URL = "desk:search_suggestions"
BADGE_URL = "worklist:badge"
TODOS_URL = "worklist:list"
ACCOUNT_URL = "signin:own"
PRESENCE_URL = "signin:presence"
NEWS_URL = "live:news"


class Section(Enum):
    """Groups of the navigation, from the top."""

    WORK = "work"
    CUSTOMERS = "customers"
    SERVICE = "service"
    CARE = "care"
    ANALYSIS = "analysis"
    DATA = "data"
    SYSTEM = "system"

    @property
    def title(self) -> str:
        """Return the name of the section in the language of the page."""
        return str(TITLES[self])


# Lazy words cannot be the values themselves: an enumeration looks its values up by hash, which
# would ask for their translation before the apps are ready.
TITLES = {
    Section.WORK: _("Workbench"),
    Section.CUSTOMERS: _("Customers"),
    Section.SERVICE: _("Service"),
    Section.CARE: _("Warning and retention"),
    Section.ANALYSIS: _("Analysis"),
    Section.DATA: _("Data"),
    Section.SYSTEM: _("Administration"),
}


@dataclass(frozen=True)
class NavItem:
    """One entry: where it stands, its words and icon, where it leads and who may see it.

    ``icon`` is a Tabler icon without its prefix. ``key`` is the letter that follows ``g`` on the
    keyboard. ``query`` is added to the address, for entries that open a list already filtered.
    """

    section: Section
    title: str | Promise
    icon: str
    url_name: str
    permission: str
    order: int = 100
    key: str = ""
    query: str = ""


@dataclass(frozen=True)
class MenuEntry:
    """A navigation entry as one person sees it on one page."""

    title: str
    icon: str
    url: str
    key: str
    is_current: bool


@dataclass(frozen=True)
class MenuSection:
    """A group of entries; sections without entries are not shown."""

    name: str
    title: str
    entries: tuple[MenuEntry, ...]


_items: list[NavItem] = []


def register(item: NavItem) -> None:
    """Add ``item`` to the navigation; registering it twice changes nothing."""
    if item not in _items:
        _items.append(item)


def menu_for(actor: Actor, path: str) -> list[MenuSection]:
    """Return what ``actor`` may open, with the entry of the page at ``path`` marked."""
    allowed = [item for item in _items if actor.may(item.permission)]
    current = current_item(allowed, path)
    sections = []
    for section in Section:
        members = sorted(
            (item for item in allowed if item.section is section), key=lambda item: item.order
        )
        entries = tuple(entry for item in members if (entry := entry_for(item, item is current)))
        if entries:
            sections.append(MenuSection(section.name.lower(), section.title, entries))
    return sections


def entry_for(item: NavItem, is_current: bool) -> MenuEntry | None:
    """Return ``item`` as a link, or nothing while no app serves its address."""
    url = known_url(item.url_name)
    if not url:
        return None
    url = f"{url}?{item.query}" if item.query else url
    return MenuEntry(str(item.title), item.icon, url, item.key, is_current)


def current_item(items: list[NavItem], path: str) -> NavItem | None:
    """Return the entry whose address is the longest beginning of ``path``."""
    matches = [item for item in items if is_below(path, known_url(item.url_name))]
    return max(matches, key=by_length(lambda item: known_url(item.url_name)), default=None)


def by_length(text: Callable[[NavItem], str]) -> Callable[[NavItem], int]:
    """Return a sort key: the length of an entry's text."""
    return lambda item: len(text(item))


def is_below(path: str, url: str) -> bool:
    """Tell whether the page at ``path`` belongs to the screen at ``url``."""
    return bool(url) and (path == url or (url != "/" and path.startswith(url)))


def known_url(name: str) -> str:
    """Return the address of a named screen, or nothing when no app serves it."""
    return address_of(name, get_urlconf(settings.ROOT_URLCONF), get_script_prefix())


# A menu asks for a hundred addresses on every page, and they stay what they are.
@lru_cache(maxsize=1024)
def address_of(name: str, urlconf: str, _prefix: str) -> str:
    """Return the address of a named screen among the addresses of ``urlconf``, below a prefix."""
    try:
        return reverse(name, urlconf)
    except NoReverseMatch:
        return ""
