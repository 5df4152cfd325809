"""What to-dos about obligations and trials say, where they lead, and names of services."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dakehu.catalogue.queries.services import services_known
from dakehu.catalogue.queries.wording import service_name
from dakehu.obligations.choices import RewardState
from dakehu.obligations.models import Obligation, Provision, Reward, Trial


def service_names() -> dict[str, str]:
    """Return the names of all services by their codes."""
    return {each.code: service_name(each) for each in services_known()}


def service_choices() -> list[tuple[str, str]]:
    """Return all services for choosing one."""
    return [(each.code, f"{each.code} {service_name(each)}") for each in services_known()]


def due_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do to keep what is owed."""
    name = service_names().get(facts["service"], facts["service"])
    said = _("%(service)s for %(name)s is due: %(done)s of %(required)s done")
    return said % {**facts, "service": name}


def due_url(number: int) -> str:
    """Return the customer to whom something is owed."""
    found = Obligation.objects.filter(pk=number).values_list("customer", flat=True).first()
    return reverse("desk:customer", args=[found]) if found else ""


def trial_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do about a trial that has come to its end."""
    return _("The trial of %(product)s at %(name)s has ended: say what came of it") % facts


def trial_url(number: int) -> str:
    """Return where the outcome of a trial is entered."""
    exists = Trial.objects.filter(pk=number).exists()
    return reverse("obligations:trial", args=[number]) if exists else ""


def joint_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do to say what came of joint business."""
    return _("Joint business with %(name)s is due: say what came of it (%(note)s)") % facts


def joint_url(number: int) -> str:
    """Return where is said what came of joint business."""
    exists = Provision.objects.filter(pk=number).exists()
    return reverse("obligations:provision", args=[number]) if exists else ""


def reward_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do about a reward."""
    if facts.get("state") == RewardState.APPROVED:
        return _("Hand over the approved reward: %(what)s") % facts
    return _("Decide on a reward: %(what)s") % facts


def reward_url(number: int) -> str:
    """Return where a reward is decided on or handed over."""
    exists = Reward.objects.filter(pk=number).exists()
    return reverse("obligations:reward", args=[number]) if exists else ""
