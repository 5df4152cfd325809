"""What the screens of the exchange and of the background work show (F5, F6, F7)."""

from dakehu.exchange.pages.background import background_page
from dakehu.exchange.pages.exchanges import (
    delivery_page,
    monitor,
    receipt_of,
    rejected_book,
    run_page,
)
from dakehu.exchange.pages.trainings import trainings_page, usual_days

__all__ = [
    "background_page",
    "delivery_page",
    "monitor",
    "receipt_of",
    "rejected_book",
    "run_page",
    "trainings_page",
    "usual_days",
]
