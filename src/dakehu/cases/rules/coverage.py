"""Which step of a network-coverage need may follow which (C1)."""

from dakehu.cases.choices import CoverageStep

ORDER = list(CoverageStep)


def may_follow(before: str, step: str) -> bool:
    """
    Tell whether a step may be taken after another: each once, in order.

    The reply may be renewed until the plan stands, and the plan as long as the case is open.
    """
    here, there = ORDER.index(CoverageStep(before)), ORDER.index(CoverageStep(step))
    return there == here + 1 or (there == here and step != CoverageStep.ASSIGNED)
