"""What tiering keeps: schemes with their rules and standings, simulations, cohorts."""

from dakehu.tiering.models.cohorts import Cohort, CohortDay, CohortStay, CohortWork
from dakehu.tiering.models.runs import EvaluationRun
from dakehu.tiering.models.schemes import (
    Assessment,
    Evaluation,
    Level,
    LevelGrant,
    LevelMapping,
    Measure,
    RuleSet,
    Scheme,
    Standing,
    TierMove,
)
from dakehu.tiering.models.simulations import SimulatedMove, Simulation

__all__ = [
    "Assessment",
    "Cohort",
    "CohortDay",
    "CohortStay",
    "CohortWork",
    "Evaluation",
    "EvaluationRun",
    "Level",
    "LevelGrant",
    "LevelMapping",
    "Measure",
    "RuleSet",
    "Scheme",
    "SimulatedMove",
    "Simulation",
    "Standing",
    "TierMove",
]
