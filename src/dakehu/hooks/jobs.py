"""When other systems are told."""

from datetime import datetime

from django.conf import settings
from django.utils import translation

from dakehu.hooks import operations


def tell_others(now: datetime) -> int:
    """Spread what happened and deliver what is due; every worker may do it."""
    # Answers and reasons are kept in words: those of the installation.
    with translation.override(settings.LANGUAGE_CODE):
        while operations.spread(at=now):
            pass
        return operations.deliver_due(at=now)


def tidy(now: datetime) -> None:
    """Take up what a dead sender left, give up and forget what is too old."""
    operations.take_up_lost(at=now)
    operations.give_up_old(at=now)
    operations.forget_old(at=now)
