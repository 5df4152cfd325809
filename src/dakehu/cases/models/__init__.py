"""What the service desk keeps: cases, what was done on them, their lists and details."""

from dakehu.cases.models.acts import BatchRow, CaseAct, CaseLink
from dakehu.cases.models.cases import Case
from dakehu.cases.models.details import CoverageStage, FaultNotice, ReturnVisit
from dakehu.cases.models.orders import CaseRung, OrderStep, SupportOrder, WorkOrder
from dakehu.cases.models.replies import ReplyTemplate

__all__ = [
    "BatchRow",
    "Case",
    "CaseAct",
    "CaseLink",
    "CaseRung",
    "CoverageStage",
    "FaultNotice",
    "OrderStep",
    "ReplyTemplate",
    "ReturnVisit",
    "SupportOrder",
    "WorkOrder",
]
