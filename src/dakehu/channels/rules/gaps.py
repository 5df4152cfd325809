"""Where nobody can open a product: by class of customer and county."""

from dataclasses import dataclass

from dakehu.channels.choices import Activity, Channel, Class, Mark, ProductKind
from dakehu.channels.values import Body, Product

OWN = (Class.A, Class.B, Class.C)
"""Classes whose customers have account managers, or may have."""
OTHERS = (Class.C, Class.PROSPECT)
"""Classes that partners and telephone managers serve."""


@dataclass(frozen=True)
class County:
    """A county, and for which products its people have authority to open, by channel."""

    key: int
    name: str
    managers: frozenset[str] = frozenset()
    partners: frozenset[str] = frozenset()
    telephone: frozenset[str] = frozenset()


def uncovered(body: Body, product: Product, county: County) -> tuple[Class, ...]:
    """Return for which classes no channel can open a product in a county."""
    marks = {each: body.capability(each, product.code).marks for each in Channel}
    if any(mark.get(Activity.OPEN) in {Mark.DIRECT, Mark.IN_PERSON} for mark in marks.values()):
        return ()
    held = {
        Channel.MANAGER: (county.managers, OWN),
        Channel.PARTNER: (county.partners, OTHERS),
        Channel.TELEPHONE: (county.telephone, OTHERS),
    }
    served: set[Class] = set()
    for channel, (authorities, classes) in held.items():
        if marks[channel].get(Activity.OPEN) and product.code in authorities:
            served |= set(classes)
    return tuple(each for each in Class if each not in served)


def on_offer(body: Body) -> list[Product]:
    """Return the products that are sold."""
    return [
        each
        for each in body.products.values()
        if not each.is_retired and each.kind != ProductKind.DATA
    ]
