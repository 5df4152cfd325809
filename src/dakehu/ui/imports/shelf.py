"""The registered imports, and the buttons that a list gets from them."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from dakehu.ui.actors import Actor
from dakehu.ui.imports.screens import ImportScreen

START_URL = "files:import_start"
TEMPLATE_URL = "files:import_template"

_screens: dict[str, ImportScreen] = {}


@dataclass(frozen=True)
class Entry:
    """The way from a list into one of its imports."""

    title: str
    icon: str
    url: str
    template_url: str


def register(screen: ImportScreen) -> None:
    """Offer ``screen``; a second registration under the same name replaces the first."""
    _screens[screen.name] = screen


def known() -> tuple[ImportScreen, ...]:
    """Return every registered import, in the order of registration."""
    return tuple(_screens.values())


def screen_of(name: str) -> ImportScreen | None:
    """Return a registered import, or nothing."""
    return _screens.get(name)


def entries_for(list_name: str, actor: Actor) -> tuple[Entry, ...]:
    """Return the imports that the list of that name offers to ``actor``."""
    return tuple(
        Entry(
            str(screen.title),
            screen.icon,
            address(START_URL, screen),
            address(TEMPLATE_URL, screen),
        )
        for screen in _screens.values()
        if screen.list_name == list_name and screen.is_open_to(actor)
    )


def address(url_name: str, screen: ImportScreen) -> str:
    """Return an address of an import, or nothing where no app serves imports."""
    try:
        return reverse(url_name, args=[screen.name])
    except NoReverseMatch:
        return ""
