"""Work of opportunities that goes on by itself: files of orders into the outbox."""

import logging
from datetime import datetime

from django.conf import settings

from dakehu.common.filespace import FilespaceUnreachable, open_filespace
from dakehu.opportunities import operations
from dakehu.opportunities.queries import waiting_orders

log = logging.getLogger(__name__)


def send_orders(at: datetime) -> int:
    """Put orders that wait into the outbox; while it cannot be reached, they go on waiting."""
    if not waiting_orders():
        return 0
    try:
        with open_filespace(settings.OUTBOX_URL) as outbox:
            return operations.send_orders(outbox, at=at)
    except FilespaceUnreachable as trouble:
        log.warning("Orders wait: the outbox cannot be reached (%s).", trouble)
        return 0
