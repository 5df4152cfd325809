"""What somebody outside wrote into the public form: taken in once, with their consent (CH7)."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from dakehu.channels.choices import Channel
from dakehu.channels.values import Named
from dakehu.customers.queries import customer_calling
from dakehu.opportunities.choices import OPEN
from dakehu.opportunities.models import Consent, Opportunity
from dakehu.opportunities.operations.taking import Taken, Taker, refuse_nonsense, taken_once
from dakehu.opportunities.values import Elements, NewContact

if TYPE_CHECKING:
    from dakehu.people.models import Unit

EDITION = "2026-11"
"""Which edition of the consent the public form shows; a change of its words gets another."""


@dataclass(frozen=True)
class Written:
    """What was written into the public form; ``words`` is the consent as it stood there."""

    company: str
    contact_name: str
    contact_phone: str
    product: str
    text: str
    plans: bool
    words: str
    language: str

    def digest_in(self, area: "Unit") -> str:
        """Return a fingerprint of what was written for a city, whatever the page's language."""
        told = {**asdict(self), "city": area.code}
        del told["words"], told["language"]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def take_public(*, written: Written, area: "Unit", at: datetime) -> Taken:
    """
    Take in what somebody outside wrote; the same once more, while it is open, is the same.

    :raises UnableToKeepOpportunity: if nothing tells whose it is, or too much was sent.
    """
    digest = written.digest_in(area)
    new = contact_of(written, area, digest, at=at)
    refuse_nonsense(new)
    known = Opportunity.objects.filter(digest=digest, channel=Channel.WEBSITE)
    rows = known.filter(captured_by=None, client=None, state__in=OPEN)
    if (found := rows.order_by("-pk").first()) is not None:
        return Taken(found, is_new=False)
    with transaction.atomic():
        taken = taken_once(new, Taker(area, digest=digest), at=at)
        if taken.is_new:
            Consent.objects.create(
                opportunity=taken.opportunity,
                edition=EDITION,
                language=written.language,
                words=written.words,
                agreed_at=at,
            )
    return taken


def contact_of(written: Written, area: "Unit", digest: str, *, at: datetime) -> NewContact:
    """Return what was written as a contact of the website, of the customer who has the number."""
    return NewContact(
        channel=Channel.WEBSITE,
        text=written.text,
        named=(Named(written.product),) if written.product else (),
        has_specifics=bool(written.product and written.text.strip()),
        plans=written.plans and bool(written.product),
        is_willing=True,
        customer=customer_calling(written.contact_phone, city=area.code),
        area=area,
        elements=Elements(
            company=written.company,
            contact_name=written.contact_name,
            contact_phone=written.contact_phone,
            source=Channel.WEBSITE,
        ),
        request_id=f"web-{localdate(at):%Y%m%d}-{digest[:40]}",
    )
