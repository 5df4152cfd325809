"""The values tiering speaks in: rules of levels, and what a decision says."""

from dakehu.tiering.values.card import CARD_NUMBERS, CardDecision, CardNumbers
from dakehu.tiering.values.conditions import (
    Condition,
    Either,
    Every,
    IsKnown,
    Limit,
    OneOf,
    Opposite,
)
from dakehu.tiering.values.decisions import Decision, Prior
from dakehu.tiering.values.operands import DECIMALS, Operand, Whom
from dakehu.tiering.values.rulesets import Body, Grace, LevelRule, TierRules

__all__ = [
    "CARD_NUMBERS",
    "DECIMALS",
    "Body",
    "CardDecision",
    "CardNumbers",
    "Condition",
    "Decision",
    "Either",
    "Every",
    "Grace",
    "IsKnown",
    "LevelRule",
    "Limit",
    "OneOf",
    "Operand",
    "Opposite",
    "Prior",
    "TierRules",
    "Whom",
]
