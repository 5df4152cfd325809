"""When campaigns begin, send and end."""

from datetime import datetime

from dakehu.campaigns.operations.tending import tend


def tend_campaigns(now: datetime) -> None:
    """Begin, send and end what is due; every worker may do it, a customer is one worker's."""
    tend(at=now)
