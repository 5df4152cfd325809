"""The act that each warning suggests to whoever handles it (W1 to W12)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SUGGESTIONS: dict[str, str | Promise] = {
    "W01": _(
        "Read the latest complaints and service logs, call back, and take over what the hotline "
        "left open."
    ),
    "W02": _(
        "Ask why calls are forwarded. Offer a second card or a better package before the other "
        "number becomes the main one."
    ),
    "W03": _("Ask whether paying has become difficult; offer automatic payment or a reminder."),
    "W04": _("Call and ask how the phone is used now; compare the package with the use."),
    "W05M": _("Call and ask what changed since last month; check coverage and package."),
    "W05Y": _("Call and ask what changed since last year; offer a package that fits today's use."),
    "W06": _(
        "Find out whom the customer calls on the other network; offer a package for calls between "
        "networks."
    ),
    "W07": _("Congratulate on the day: call, message or present according to the card level."),
    "W08": _("Present the renewal offers before the end; agree the next contract."),
    "W09": _("Call once to see whether the phone is lost, off or replaced."),
    "W10": _(
        "Contact today. Go through the parts of the score with the customer and offer to keep "
        "what matters to them."
    ),
    "W11": _("Remind of the balance today, before the service stops; offer to top up or defer."),
    "W14": _(
        "Call within the hour, while the request can still be taken back: ask for the reason, "
        "offer to keep what matters, and say openly what leaving costs."
    ),
    "W12": _("Call at once: help after a loss, ask for the reason of a stop, and try to keep."),
}


def suggested_act(rule: str) -> str:
    """Return what to do about a warning, in a sentence or two."""
    return str(SUGGESTIONS[rule])
