"""
The twelve early warnings (W1 to W12): pure rules, the same for one subscriber and for millions.

* :mod:`~dakehu.alerts.rules.inputs`: what a warning may know, and where it comes from;
* :mod:`~dakehu.alerts.rules.conditions`, :mod:`~dakehu.alerts.rules.warnings` and
  :mod:`~dakehu.alerts.rules.leaving`: when each warning fires;
* :mod:`~dakehu.alerts.rules.program`: all of it for the engine, and explanations;
* :mod:`~dakehu.alerts.rules.reference`: the same rules a second time in plain loops, sharing no
  code with the first, which tests hold against each other.
"""

from dakehu.alerts.rules.program import explain, program_for

__all__ = ["explain", "program_for"]
