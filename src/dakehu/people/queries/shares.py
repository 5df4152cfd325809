"""What is shown to people beyond their scope, for those who may know (promise 3)."""

from collections.abc import Iterable

from django.db.models import Case, Q, When
from django.db.models.functions import Now
from django.http import Http404

from dakehu.people.models import Share, Staff
from dakehu.people.policies import may
from dakehu.people.queries.units import units_within
from dakehu.people.querysets import ShareQuerySet, StaffQuerySet
from dakehu.ui.picking import key_in

SUGGESTED = 12


def shares_visible_to(actor: Staff) -> ShareQuerySet:
    """
    Return the shares that concern an actor: given to them, or given by them.

    Who may share sees also those given to, or by, the staff of their units.
    """
    concerned = Q(staff=actor) | Q(by=actor)
    if may(actor, "people.share"):
        units = list(units_within(actor).values_list("pk", flat=True))
        concerned |= Q(staff__unit__in=units) | Q(by__unit__in=units)
    holds = Case(When(expires_at__gt=Now(), then=True), default=False)
    shares: ShareQuerySet = Share.objects.filter(concerned).annotate(holds=holds)
    return shares.select_related("staff__unit", "by").order_by("-starts_at", "-pk")


def get_share(actor: Staff, pk: int) -> Share:
    """
    Return one share that concerns the actor.

    :raises Http404: if there is none with that number.
    """
    found: Share | None = shares_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def shares_of(subjects: Iterable[tuple[str, int | None]]) -> list[Share]:
    """Return the shares of subjects that hold at this moment, those that end first first."""
    wanted = Q(pk__in=())
    for subject, number in subjects:
        wanted |= Q(subject=subject, subject_id=number)
    found = Share.objects.holding(Now()).filter(wanted).select_related("staff__unit", "by")
    return list(found.order_by("expires_at", "pk"))


def shares_given_to(staff: Staff) -> list[Share]:
    """Return what is shared with a person at this moment, what ends first first."""
    found = Share.objects.holding(Now()).filter(staff=staff).select_related("staff__unit", "by")
    return list(found.order_by("expires_at", "pk"))


def receiver_named(actor: Staff, typed: str) -> Staff | None:
    """Return the one person who was meant, among all with whom something can be shared."""
    key = key_in(typed) or typed
    for name, word in (("username", key), ("staff_no", key), ("name", typed)):
        found = list(receivers(actor).filter(**{name: word})[:2])
        if len(found) == 1:
            one: Staff = found[0]
            return one
    return None


def receivers_suggested(actor: Staff, typed: str) -> list[Staff]:
    """Return the first people whose name holds what is typed, or whose number begins with it."""
    words = key_in(typed) or typed.strip()
    alike = Q(name__contains=words) | Q(username__startswith=words) | Q(staff_no__startswith=words)
    return list(receivers(actor).filter(alike).order_by("unit__path", "name", "pk")[:SUGGESTED])


def receivers(actor: Staff) -> StaffQuerySet:
    """Return everybody but the actor who has an account: shares reach across units."""
    staff: StaffQuerySet = Staff.objects.active()
    return staff.exclude(pk=actor.pk).select_related("unit")
