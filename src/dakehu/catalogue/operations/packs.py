"""Taking the catalogue that comes with Dakehu into the records."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from dakehu.catalogue.models import Service, ServiceVersion
from dakehu.catalogue.rules.bodies import body_to_data, digest_of
from dakehu.catalogue.rules.packs import PackService
from dakehu.tiering.choices import RuleState

FOREVER = date(2000, 1, 1)
"""From when shipped standards hold: as long as there is anybody to promise something to."""
STEP = 10


@transaction.atomic
def take_services(*, services: Iterable[PackService], on: date) -> int:
    """
    Add the services that are not known yet, with their first versions; known ones stay.

    Nobody published these versions: they came with Dakehu. Returns how many were added.
    """
    known = set(Service.objects.values_list("code", flat=True))
    added = 0
    for place, each in enumerate(services, start=1):
        if each.code in known:
            continue
        service = Service.objects.create(
            code=each.code,
            name=each.name,
            name_en=each.name_en,
            family=each.family,
            position=place * STEP,
        )
        body = body_to_data(each.body)
        ServiceVersion.objects.create(
            service=service,
            number=1,
            state=RuleState.PUBLISHED,
            body=body,
            digest=digest_of(body),
            active_from=FOREVER,
            created_on=on,
            published_on=on,
        )
        added += 1
    return added
