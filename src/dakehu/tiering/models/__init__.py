"""What tiering keeps: schemes with their rules and standings, simulations, cohorts."""

from dakehu.tiering.models.schemes import (
    Assessment,
    Evaluation,
    Level,
    LevelGrant,
    LevelMatch,
    Measure,
    RuleSet,
    Scheme,
    Standing,
    TierMove,
)

__all__ = [
    "Assessment",
    "Evaluation",
    "Level",
    "LevelGrant",
    "LevelMatch",
    "Measure",
    "RuleSet",
    "Scheme",
    "Standing",
    "TierMove",
]
