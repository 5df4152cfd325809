"""Bodies with one thing changed, what differs between two, and where nobody can sell."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dakehu.channels.choices import Activity, Channel, Mark, Part, ProductKind, Stage
from dakehu.channels.values import Body, Capability, Product


def with_product(body: Body, product: Product, cells: Mapping[Channel, Capability]) -> Body:
    """Return a body with a product, new or changed, and what each channel does with it."""
    rows = {
        channel: {**body.capabilities.get(channel, {}), product.code: cells[channel]}
        for channel in Channel
    }
    products = {**body.products, product.code: product}
    return replace(body, products=products, capabilities=rows)


def with_stages(body: Body, stages: Mapping[Channel, Mapping[Stage, Part]]) -> Body:
    """Return a body with other parts of the channels in the stages."""
    return replace(body, stages=stages)


def changed_products(was: Body, now: Body) -> Iterator[str]:
    """Yield the codes of the products that two bodies tell differently."""
    for code in {**was.products, **now.products}:
        same = all(was.capability(each, code) == now.capability(each, code) for each in Channel)
        if was.products.get(code) != now.products.get(code) or not same:
            yield code


def openers(body: Body, product: str) -> dict[Channel, Mark]:
    """Return which channels can open a product, and how."""
    found = ((each, body.capability(each, product).marks.get(Activity.OPEN)) for each in Channel)
    return {channel: mark for channel, mark in found if mark is not None}


def gaps(body: Body) -> Iterator[str]:
    """Yield the codes of the products on offer that no channel can open at all."""
    for product in body.products.values():
        on_offer = not product.is_retired and product.kind != ProductKind.DATA
        if on_offer and not openers(body, product.code):
            yield product.code
