"""Rules of ownership: who should own a customer, what a load means, what may be claimed."""

from dakehu.ownership.rules.loads import capacity_for, load_of, standing_for, wants_face
from dakehu.ownership.rules.proposals import claimable, points_for, proposals_for

__all__ = [
    "capacity_for",
    "claimable",
    "load_of",
    "points_for",
    "proposals_for",
    "standing_for",
    "wants_face",
]
