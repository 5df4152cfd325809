"""The matrix of channels: a draft, from which a test may go on."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any


def draft_of_matrix(by: Any, *, at: datetime) -> Any:
    """Return a draft of the matrix, made from what came with Dakehu."""
    from dakehu.channels.models import MatrixVersion
    from dakehu.channels.operations import draft_matrix

    return draft_matrix(based_on=MatrixVersion.objects.get(number=1), by=by, at=at)


def priced(draft: Any, by: Any, *, at: datetime, note: str = "每月 300 元起") -> Any:
    """Give the leased line a price note in a draft."""
    from dakehu.channels.choices import Channel
    from dakehu.channels.operations import save_product
    from dakehu.channels.rules.bodies import body_from_data

    body = body_from_data(draft.body)
    product = replace(body.products["LEASED_LINE"], price_note=note)
    cells = {channel: body.capability(channel, "LEASED_LINE") for channel in Channel}
    return save_product(
        draft=draft, product=product, cells=cells, version=draft.version, by=by, at=at
    )


def proposed_matrix(by: Any, *, at: datetime, active_from: date = date(2099, 1, 1)) -> Any:
    """Propose a price note for the leased line."""
    from dakehu.channels.operations import propose_matrix

    draft = priced(draft_of_matrix(by, at=at), by, at=at)
    return propose_matrix(draft=draft, active_from=active_from, reason="补充资费", by=by, at=at)
