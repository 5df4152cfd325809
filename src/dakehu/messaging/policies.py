"""Who reads which articles, and who keeps them."""

from typing import TYPE_CHECKING

from dakehu.messaging.choices import CHANNELS, Channel
from dakehu.people.policies import role_of

if TYPE_CHECKING:
    from dakehu.people.models import Staff

VIEW = "knowledge.view"
WRITE = "knowledge.write"
PUBLISH = "knowledge.publish"
EXPORT = "knowledge.export"


def channel_of(actor: "Staff") -> Channel | None:
    """
    Return the channel that somebody speaks for; None reads the articles of all.

    Who keeps articles reads them all, whatever their role is modelled on.
    """
    return None if actor.may(WRITE) else CHANNELS.get(role_of(actor).kind)
