"""The matrix that comes with Dakehu as text that people write (YAML), and the body it means."""

from collections.abc import Mapping
from typing import Any

import yaml

from dakehu.channels.rules.bodies import body_from_data
from dakehu.channels.values import Body

EVERY = "*"


def read_matrix(text: str) -> Body:
    """
    Return the body of a pack, in which ``*`` stands for every product.

    :raises ValueError: if it names what there is not.
    """
    data = yaml.safe_load(text)
    codes = [each["code"] for each in data["products"]]
    rows = {
        channel: {code: cell_of(row, code) for code in codes}
        for channel, row in data["capabilities"].items()
    }
    return body_from_data({**data, "capabilities": rows})


def cell_of(row: Mapping[str, Any], code: str) -> dict[str, Any]:
    """Return the cell of a product: what the row says of all, and beyond that of it alone."""
    return {**row.get(EVERY, {}), **row.get(code, {})}
