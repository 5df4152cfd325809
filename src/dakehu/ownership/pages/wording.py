"""How ownership words itself in to-dos and messages."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dakehu.ownership.choices import MoveKind


def handover_words(facts: Mapping[str, Any]) -> str:
    """Return one person's digest of a move: "Assign by Chen: 12 came, 3 went"."""
    came, gone = int(facts.get("came", 0)), int(facts.get("gone", 0))
    parts = []
    if came:
        words = ngettext("%(count)s customer came to you", "%(count)s customers came to you", came)
        parts.append(words % {"count": came})
    if gone:
        words = ngettext(
            "%(count)s customer went to somebody else",
            "%(count)s customers went to somebody else",
            gone,
        )
        parts.append(words % {"count": gone})
    return _("%(kind)s by %(by)s: %(what)s. %(reason)s") % {
        "kind": kind_words(facts.get("kind", "")),
        "by": facts.get("by", ""),
        "what": _(", ").join(parts),
        "reason": facts.get("reason", ""),
    }


def leftover_words(facts: Mapping[str, Any]) -> str:
    """Return what the night had to leave of a planned change."""
    return _("Your planned change moved %(moved)s customers and had to leave %(skipped)s.") % facts


def kind_words(kind: str) -> str:
    """Return the name of a kind of change; an unknown one speaks for itself."""
    return str(MoveKind(kind).label) if kind in MoveKind.values else kind
