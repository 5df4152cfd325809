"""Services and the versions of what they promise; they are the same for everybody."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from dakehu.catalogue.models import Service, ServiceVersion
from dakehu.tiering.choices import RulePlace, RuleState


def services_known() -> QuerySet[Service]:
    """Return all services in the order of the catalogue."""
    return Service.objects.filter(removed_at__isnull=True).order_by("position", "pk")


def services_to_come(*, on: date) -> list[ServiceVersion]:
    """Return the versions of services of which none holds yet, but one may."""
    held = ServiceVersion.objects.filter(
        service=OuterRef("service"), state=RuleState.PUBLISHED, active_from__lte=on
    )
    found = ServiceVersion.objects.exclude(state=RuleState.WITHDRAWN).filter(~Exists(held))
    return list(found.select_related("service").order_by("service__position", "number"))


def unsaved_service(**values: Any) -> Service:
    """Return a service that is not stored yet."""
    return Service(**values)


def get_service(code: str) -> Service:
    """
    Return one service by its code.

    :raises Http404: if there is none.
    """
    found = services_known().filter(code=code).first()
    if found is None:
        raise Http404
    return found


def versions_of(service: Service) -> QuerySet[ServiceVersion]:
    """Return all versions of a service, the newest first."""
    found = service.versions.select_related(
        "service", "based_on", "created_by", "proposed_by", "published_by"
    )
    return found.order_by("-number")


def get_version(service: Service, number: int) -> ServiceVersion:
    """
    Return one version of a service.

    :raises Http404: if there is none.
    """
    found = versions_of(service).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def version_in_force(service: Service, *, on: date) -> ServiceVersion | None:
    """Return the version of a service that holds on a day."""
    found = versions_of(service).filter(state=RuleState.PUBLISHED, active_from__lte=on)
    return found.order_by("-active_from").first()


def place_of(version: ServiceVersion, *, on: date, in_force: ServiceVersion | None) -> RulePlace:
    """Return where a version stands on a day, given the one in force."""
    if version.state != RuleState.PUBLISHED:
        return RulePlace(version.state)
    if version.active_from is not None and version.active_from > on:
        return RulePlace.COMING
    is_it = in_force is not None and in_force.pk == version.pk
    return RulePlace.IN_FORCE if is_it else RulePlace.SUPERSEDED


def version_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do to publish a version."""
    return _("%(by)s asks you to publish version %(number)s of service %(service)s") % facts


def version_url(number: int) -> str:
    """Return where a version that waits is published."""
    found = ServiceVersion.objects.select_related("service").filter(pk=number).first()
    return reverse("catalogue:version", args=[found.service.code, found.number]) if found else ""
