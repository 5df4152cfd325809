"""
The individual card level (T19): decided once over rulekit expressions, and a second time in
plain Python (:mod:`~dakehu.tiering.rules.reference`) for tests to hold against it.
"""

from dakehu.tiering.rules.card import card_level, card_program

__all__ = ["card_level", "card_program"]
