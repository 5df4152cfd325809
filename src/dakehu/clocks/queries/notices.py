"""Notices of clocks: how the to-dos that they ask for are worded, and where they lead."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.translation import gettext as _

from dakehu.clocks.choices import ClockKind, Stage
from dakehu.clocks.models import ClockNotice
from dakehu.clocks.queries.clocks import clocks_visible_to

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def notice_words(facts: Mapping[str, Any]) -> str:
    """Return how the to-do of a notice is worded."""
    named = {"kind": ClockKind(facts["kind"]).label, "name": facts["name"]}
    if facts["stage"] == Stage.WARN:
        return _("%(kind)s of %(name)s runs out soon") % named
    if facts["stage"] == Stage.BREACH:
        return _("%(kind)s of %(name)s is overdue") % named
    return _("%(kind)s of %(name)s is overdue by %(periods)s full periods") % {
        **named,
        "periods": int(facts["stage"]) - Stage.BREACH,
    }


def clock_of_notice(actor: "Staff", pk: int) -> int:
    """
    Return the number of the clock that raised a notice.

    :raises Http404: if there is none with that number within the actor's reach.
    """
    found = ClockNotice.objects.filter(pk=pk).values_list("clock", flat=True).first()
    if found is None or not clocks_visible_to(actor).filter(pk=found).exists():
        raise Http404
    return found
