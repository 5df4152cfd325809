"""What happened around alerts, for the floors above."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TrialAsked:
    """Somebody wants numbers tried on stored facts; whoever reads facts works it out."""

    trial_id: int
