"""The body of a version as plain data, and back; what is wrong with it is told by its place."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from dakehu.channels.choices import (
    Activity,
    Channel,
    Class,
    Fulfilment,
    Mark,
    Part,
    ProductKind,
    Stage,
    Way,
)
from dakehu.channels.values import Body, Capability, Product
from dakehu.clocks.choices import TimeUnit
from dakehu.clocks.values import Standard


def body_from_data(data: Mapping[str, Any]) -> Body:
    """
    Return the body that plain data tells.

    :raises ValueError: if it names what there is not.
    :raises KeyError: if a part is missing.
    """
    return Body(
        products={each["code"]: product_from(each) for each in data["products"]},
        capabilities={
            Channel(channel): {code: capability_from(cell) for code, cell in row.items()}
            for channel, row in data["capabilities"].items()
        },
        stages={
            Channel(channel): {Stage(stage): Part(part) for stage, part in row.items()}
            for channel, row in data["stages"].items()
        },
        limits={
            Class(name): Standard(amount, TimeUnit(unit))
            for name, (amount, unit) in data["limits"].items()
        },
    )


def product_from(data: Mapping[str, Any]) -> Product:
    """Return one product."""
    kinds = {
        "kind": ProductKind(data.get("kind", ProductKind.STANDARD)),
        "fulfilment": Fulfilment(data.get("fulfilment", Fulfilment.ORDER)),
        "codes": tuple(data.get("codes", ())),
        "papers": tuple(data.get("papers", ())),
    }
    return Product(**{**data, **kinds})


def capability_from(data: Mapping[str, Any]) -> Capability:
    """Return what a channel does with a product."""
    marks = {Activity(activity): Mark(mark) for activity, mark in data.get("marks", {}).items()}
    return Capability(marks, Way(data.get("otherwise", Way.REFER)))


def body_to_data(body: Body) -> dict[str, Any]:
    """Return a body as plain data."""
    return {
        "products": [product_data(each) for each in body.products.values()],
        "capabilities": {
            channel.value: {code: capability_data(cell) for code, cell in row.items()}
            for channel, row in body.capabilities.items()
        },
        "stages": {
            channel.value: {stage.value: part.value for stage, part in row.items()}
            for channel, row in body.stages.items()
        },
        "limits": {
            name.value: [limit.amount, limit.unit.value] for name, limit in body.limits.items()
        },
    }


def product_data(product: Product) -> dict[str, Any]:
    """Return a product as plain data."""
    return {
        **vars(product),
        "kind": product.kind.value,
        "fulfilment": product.fulfilment.value,
        "codes": list(product.codes),
        "papers": list(product.papers),
    }


def capability_data(cell: Capability) -> dict[str, Any]:
    """Return what a channel does with a product as plain data."""
    marks = {activity.value: mark.value for activity, mark in cell.marks.items()}
    return {"marks": marks, "otherwise": cell.otherwise.value}


def digest_of(data: Mapping[str, Any]) -> str:
    """Return what names a body: equal for equal bodies."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
