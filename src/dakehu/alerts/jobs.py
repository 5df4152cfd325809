"""What happens around alerts again and again."""

from datetime import datetime

from dakehu.alerts import operations


def arrange_cards(at: datetime) -> None:
    """Open what was kept in quiet hours once they are over, as far as there is room."""
    operations.arrange_after_quiet_hours(at=at)
