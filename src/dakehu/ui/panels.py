"""Panels: an upper app shows something on a lower app's page without being imported by it.

An app registers in its ``apps.ready()``::

    panels.register(
        Panel("customer", "alerts", _("Alerts"), "alerts:customer_panel", "alerts.view", 20)
    )

The page asks :func:`panels_for` and includes ``ui/panels.html``; each panel is then fetched on its
own from ``url_name`` with the subject's number as the only argument, and checks permission itself.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from dakehu.ui.actors import Actor


@dataclass(frozen=True)
class Panel:
    """One panel: for which kind of subject, its name and title, who serves it and who may see it.

    ``wide`` panels take the whole width of the page. ``icon`` is a Tabler icon without its prefix.
    ``kinds`` names the kinds of subject that the panel is about; none means all. ``arguments``
    stand in the address before the number of the subject. Where ``is_offered`` says no, there is
    nothing to show on any page for now.
    """

    subject: str
    name: str
    title: str | Promise
    url_name: str
    permission: str
    order: int = 100
    icon: str = ""
    wide: bool = False
    kinds: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    is_offered: Callable[[], bool] = lambda: True

    def url_for(self, subject_id: int) -> str:
        """Return where the content of the panel comes from."""
        return reverse(self.url_name, args=[*self.arguments, subject_id])


_panels: list[Panel] = []


def register(panel: Panel) -> None:
    """Add ``panel``; registering it twice changes nothing."""
    if panel not in _panels:
        _panels.append(panel)


def panels_for(subject: str, actor: Actor, kind: str = "") -> tuple[Panel, ...]:
    """Return the panels of a subject that ``actor`` may see, in order; of a kind only its own."""
    seen = (
        panel
        for panel in _panels
        if panel.subject == subject
        and actor.may(panel.permission)
        and (not kind or not panel.kinds or kind in panel.kinds)
        and panel.is_offered()
    )
    return tuple(sorted(seen, key=lambda panel: panel.order))
