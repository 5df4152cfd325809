"""What one customer is entitled to, by all of its standings."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dakehu.catalogue import queries
from dakehu.catalogue.choices import OFFER_TONES, Offer
from dakehu.catalogue.queries import services, wording
from dakehu.catalogue.values import Entitlement
from dakehu.customers.queries import get_customer
from dakehu.tiering.queries.standings import level_words
from dakehu.tiering.queries.wording import name_of

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@dataclass(frozen=True)
class EntitlementRow:
    """One service as one standing entitles to it."""

    code: str
    name: str
    level: str
    text: str
    offer: str
    tone: str
    is_given: bool
    to_confirm: bool
    figures: tuple[tuple[str, str], ...]
    version: int


def entitlement_rows(actor: "Staff", customer_id: int, *, on: date) -> list[EntitlementRow]:
    """Return what a customer within reach is entitled to, what it is not left out."""
    customer = get_customer(actor, customer_id)
    found = queries.entitlements_of([customer.pk], on=on)[customer.pk]
    names = {each.code: wording.service_name(each) for each in services.services_known()}
    levels = {place: name_of(level) for place, level in level_words().items()}
    return [row_of(each, names, levels) for each in found if each.terms.offer != Offer.NONE]


def row_of(
    found: Entitlement, names: dict[str, str], levels: dict[tuple[str, int], str]
) -> EntitlementRow:
    """Return one entitlement as a row."""
    place = (found.held.scheme, found.held.rank)
    return EntitlementRow(
        code=found.service,
        name=names.get(found.service, found.service),
        level=levels.get(place, found.held.level),
        text=wording.text_of(found.terms),
        offer=str(found.terms.offer.label),
        tone=OFFER_TONES[found.terms.offer],
        is_given=found.terms.offer == Offer.GIVEN,
        to_confirm=found.terms.offer == Offer.TO_CONFIRM,
        figures=tuple(wording.figures_of(found.terms)),
        version=found.version,
    )
