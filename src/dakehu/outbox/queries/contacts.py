"""Who may be contacted unasked: how often they were, and who refused (G1, G5)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import QuerySet, prefetch_related_objects
from django.http import Http404
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from dakehu.common.batches import batched
from dakehu.outbox.choices import COUNTED, MessagePurpose, Way
from dakehu.outbox.models import Approach, ContactLimit, Message, Refusal
from dakehu.outbox.rules import ASKED_FOR, too_many
from dakehu.outbox.values import Limits, TooMany, Touch, Wanted
from dakehu.tiering.choices import Grade
from dakehu.tiering.queries.held import grades_of

if TYPE_CHECKING:
    from dakehu.customers.models import Customer

BATCH = 500


def usual_limits() -> Limits:
    """Return the numbers of the installation, which hold for grades without their own."""
    return Limits(
        settings.MESSAGE_DAYS,
        settings.MESSAGE_CARE_MOST,
        settings.MESSAGE_MARKETING_MOST,
        settings.MESSAGE_TOGETHER_MOST,
    )


def stored_limits() -> QuerySet[ContactLimit]:
    """Return the numbers that somebody wrote for grades."""
    return ContactLimit.objects.filter(removed_at__isnull=True)


def limits_by_grade() -> dict[str, Limits]:
    """Return the numbers in force for every grade."""
    found = {grade.value: usual_limits() for grade in Grade}
    return found | {each.grade: each.limits for each in stored_limits()}


def limit_to_edit(grade: str) -> ContactLimit:
    """
    Return the numbers of a grade, or those of the installation as the beginning of its own.

    :raises Http404: if there is no such grade.
    """
    if grade not in Grade.values:
        raise Http404
    found = ContactLimit.objects.filter(grade=grade).first()
    usual = usual_limits()
    return found or ContactLimit(
        grade=grade,
        days=usual.days,
        care=usual.care,
        marketing=usual.marketing,
        together=usual.together,
    )


def matter_of(source: str, pk: int | None) -> str:
    """Return by what contacts about one thing are known."""
    return f"{source}-{pk}"


def touches_of(
    customers: Collection[int], *, since: datetime, before: int | None = None
) -> dict[int, list[Touch]]:
    """
    Return the contacts of some customers since an instant that nobody had asked for.

    ``before`` names a message: of messages, only those written before it.
    """
    found: dict[int, list[Touch]] = defaultdict(list)
    for batch in batched(sorted(customers), BATCH):
        rows = Message.objects.filter(customer__in=batch, asked_at__gt=since, state__in=COUNTED)
        rows = rows.exclude(purpose=ASKED_FOR).filter(removed_at__isnull=True)
        if before is not None:
            rows = rows.filter(pk__lt=before)
        names = ("customer", "purpose", "asked_at", "source", "source_id", "pk")
        for customer, purpose, at, source, source_id, pk in rows.values_list(*names):
            matter = matter_of(source, source_id) if source else matter_of("message", pk)
            found[customer].append(Touch(purpose, at, matter))
        met = Approach.objects.filter(customer__in=batch, at__gt=since)
        for customer, purpose, at, source, pk in met.values_list(
            "customer", "purpose", "at", "source", "source_id"
        ):
            found[customer].append(Touch(purpose, at, matter_of(source, pk)))
    return found


def over_limit(
    wanted: Iterable[Wanted], *, at: datetime, before: int | None = None
) -> dict[int, TooMany]:
    """Return which customers would be contacted too often, and by which number."""
    asked = list(wanted)
    customers = {each.customer_id for each in asked}
    limits = limits_by_grade()
    longest = max(each.days for each in limits.values())
    touches = touches_of(customers, since=at - timedelta(days=longest), before=before)
    grades = grades_of(set(touches), on=localdate(at)) if touches else {}
    found = {}
    for each in asked:
        verdict = too_many(
            limits[grades.get(each.customer_id, Grade.NONE)],
            touches.get(each.customer_id, ()),
            purpose=each.purpose,
            matter=each.matter,
            at=at,
        )
        if verdict is not None:
            found[each.customer_id] = verdict
    return found


def over_by_address(message: Message, *, at: datetime) -> TooMany | None:
    """Return by which number a message to somebody who is no customer is too many."""
    limits = limits_by_grade()[Grade.NONE]
    rows = Message.objects.filter(
        phone=message.phone,
        email=message.email,
        asked_at__gt=at - timedelta(days=limits.days),
        state__in=COUNTED,
    )
    if message.pk:
        rows = rows.filter(pk__lt=message.pk)
    touches = [
        Touch(purpose, sent_at, matter_of("message", pk))
        for purpose, sent_at, pk in rows.values_list("purpose", "asked_at", "pk")
    ]
    return too_many(limits, touches, purpose=message.purpose, matter="", at=at)


def limit_words(verdict: TooMany, purpose: str) -> str:
    """Say by which number, and since when, a customer is contacted too often."""
    told = {
        "most": verdict.most,
        "days": verdict.days,
        "last": f"{localtime(verdict.last_at):%Y-%m-%d}",
        "purpose": MessagePurpose(purpose).label,
    }
    if verdict.is_together:
        return (
            _(
                "This customer was contacted unasked %(most)s times within %(days)s days already, "
                "the last time on %(last)s; nothing more is promoted."
            )
            % told
        )
    return (
        _(
            "This customer was contacted %(most)s times for the purpose “%(purpose)s” within "
            "%(days)s days already, the last time on %(last)s; more is not allowed."
        )
        % told
    )


def plain(address: object) -> str:
    """Return an address as it is, typed or kept."""
    return str(getattr(address, "plain", address) or "")


def first_addresses(customers: "list[Customer]", way: str) -> dict[int, str]:
    """Return where each of some customers is reached by a way: their own, else their people's."""
    found = {}
    for batch in batched(customers, BATCH):
        prefetch_related_objects(batch, "contacts", "person")
        for customer in batch:
            if address := first_address(customer, way):
                found[customer.pk] = address
    return found


def first_address(customer: Any, way: str) -> str:
    """Return where a customer is reached by a way; their people are at hand."""
    people = [each for each in customer.contacts.all() if not each.removed_at]
    people.sort(key=lambda each: (not each.is_primary, each.pk))
    if way == Way.SMS:
        known = [customer.phone, *(each.phone for each in people)]
    else:
        person = getattr(customer, "person", None)
        known = [person.email if person else "", *(each.email for each in people)]
    return next((plain(each) for each in known if plain(each)), "")


def refused_among(addresses: Collection[str], purpose: str) -> dict[str, Refusal]:
    """Return which of some numbers and addresses want nothing of a purpose, and the refusal."""
    found = {}
    wanted = Refusal.objects.filter(removed_at__isnull=True, purpose__in=("", purpose))
    for batch in batched(sorted({each for each in addresses if each}), BATCH):
        phones = [each for each in batch if "@" not in each]
        emails = [each for each in batch if "@" in each]
        for name, some in (("phone", phones), ("email", emails)):
            if some:
                for each in wanted.filter(**{f"{name}__in": some}).order_by("pk"):
                    found[plain(getattr(each, name))] = each
    return found


def refusal_words(refusal: Refusal) -> str:
    """Say who refused, and how and when we learned it."""
    words = _("%(to)s wants no such messages (%(source)s, %(day)s).")
    day = f"{localtime(refusal.noted_at):%Y-%m-%d}"
    return words % {"to": refusal.to, "source": refusal.get_source_display(), "day": day}


def refusing(customers: "list[Customer]", way: str, purpose: str) -> set[int]:
    """Return which of some customers refused whatever has a purpose where a way reaches them."""
    addresses = first_addresses(customers, way)
    refused = refused_among(addresses.values(), purpose)
    return {pk for pk, address in addresses.items() if address in refused}


@dataclass(frozen=True)
class Bar:
    """Why a customer is not contacted: no address, a refusal, or too often; and in words."""

    reason: str
    words: str


NO_ADDRESS, REFUSED, TOO_OFTEN = "NO_ADDRESS", "REFUSED", "TOO_OFTEN"


def barred(
    customers: "list[Customer]",
    way: str,
    purpose: str,
    matters: Mapping[int, str],
    *,
    at: datetime,
) -> dict[int, Bar]:
    """
    Return which of some customers may not be contacted by a way for a purpose, and why.

    ``matters`` says of each what the contact would be about; those that it leaves out are new.
    A call goes by the number as an SMS does.
    """
    addresses = first_addresses(customers, way)
    refused = refused_among(addresses.values(), purpose)
    wanted = [Wanted(each.pk, purpose, matters.get(each.pk, "")) for each in customers]
    over = over_limit(wanted, at=at)
    found = {}
    for each in customers:
        address = addresses.get(each.pk, "")
        if not address:
            found[each.pk] = Bar(NO_ADDRESS, _("No number or address is known."))
        elif address in refused:
            found[each.pk] = Bar(REFUSED, refusal_words(refused[address]))
        elif each.pk in over:
            found[each.pk] = Bar(TOO_OFTEN, limit_words(over[each.pk], purpose))
    return found
