"""When messages leave."""

from datetime import datetime

from django.conf import settings

from dakehu.outbox.operations.knocking import forget_knocks
from dakehu.outbox.operations.sending import in_language


def send_waiting(now: datetime) -> None:
    """Send what is due; every worker may do it, a message is claimed by one of them alone."""
    in_language(settings.LANGUAGE_CODE, at=now)


def forget_old_knocks(now: datetime) -> None:
    """Forget from where links were opened."""
    forget_knocks(at=now)
