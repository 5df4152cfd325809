"""What happens around alerts again and again."""

from datetime import datetime

from dakehu.alerts import operations, queries


def arrange_cards(at: datetime) -> None:
    """Open what was kept in quiet hours once they are over, as far as there is room."""
    if queries.asking_rule().quiet_from is not None:
        operations.arrange_cards(at=at)
