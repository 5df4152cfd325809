"""The departments of the invented province, and their part in the services (M2, M10)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Department:
    """A department: its name, what it is there for, and the services that it leads or supports."""

    name: str
    function: str
    leads: tuple[str, ...]
    supports: tuple[str, ...]


OF_THE_PROVINCE = (
    Department(
        "大客户管理中心",
        "KEY_ACCOUNTS",
        leads=("C3", "C4", "C8", "C9", "C10"),
        supports=("C2", "C5", "C16"),
    ),
    Department("市场营销中心", "MARKETING", leads=("C2",), supports=("C6", "C9", "C10")),
    Department(
        "数据业务中心",
        "DATA_BUSINESS",
        leads=("C6", "C7", "C11", "C12", "C18"),
        supports=("C3", "C14"),
    ),
    Department(
        "网络维护中心", "NETWORK", leads=("C1", "C15", "C19"), supports=("C7", "C11", "C14")
    ),
    Department(
        "客户服务热线中心", "HOTLINE", leads=("C13", "C17", "C20"), supports=("C16", "C19")
    ),
)
OF_A_CITY = (
    Department(
        "大客户服务部", "KEY_ACCOUNT_SERVICE", leads=("C5", "C14", "C16"), supports=("C4", "C8")
    ),
    Department("网络维护班", "NETWORK", leads=(), supports=("C1", "C15", "C19")),
)
"""Departments of every city; customers stay with its districts."""

REASON = "机构调整：客户服务班组划归大客户服务部"
TEAM = "集团客户一班"
# How many days ago the team was founded in a district, and moved to the department.
TEAM_DAYS = (460, 60)
