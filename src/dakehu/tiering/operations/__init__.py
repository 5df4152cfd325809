"""What changes schemes, measures, rules and standings (T18 to T24)."""

from dakehu.tiering.operations.card import follow_card_levels

__all__ = ["follow_card_levels"]
