"""What was decided about contacts, to be decided again under another matrix."""

from datetime import datetime
from typing import TYPE_CHECKING

from dakehu.opportunities.choices import Move
from dakehu.opportunities.models import Hop
from dakehu.opportunities.queries.figures import captured_since
from dakehu.opportunities.queries.reading import opportunities_visible_to

if TYPE_CHECKING:
    from dakehu.people.models import Staff

DECIDING = (Move.ROUTE, Move.COMPLETE, Move.KEEP)


def first_decisions(actor: "Staff", since: datetime, *, most: int) -> list[Hop]:
    """Return the moves by which the rules decided, the newest first; what people decided not."""
    keys = captured_since(opportunities_visible_to(actor), since).values("pk")
    rows = Hop.objects.filter(
        opportunity__in=keys, move__in=DECIDING, facts__has_key="partners", at__gte=since
    )
    return list(rows.select_related("opportunity__customer").order_by("-pk")[:most])
