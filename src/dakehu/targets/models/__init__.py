"""What target groups keep: groups with their members and readings, hand-outs with their tasks."""

from dakehu.targets.models.groups import TargetGroup, TargetMember, TargetReading, TargetWork
from dakehu.targets.models.handouts import HandOut, HandOutTask

__all__ = [
    "HandOut",
    "HandOutTask",
    "TargetGroup",
    "TargetMember",
    "TargetReading",
    "TargetWork",
]
