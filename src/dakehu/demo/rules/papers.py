"""What the managers of the demonstration attach to their groups, and what they take away."""

from dataclasses import dataclass

PAPERS = (
    ("合作备忘录.txt", "{name}与我公司就信息化合作达成初步意向，双方确定季度例会。"),
    ("走访纪要.txt", "走访{name}：客户关心专线稳定性与账单明细，约定下月回访。"),
    (
        "关键联系人名单.csv",
        "称呼,职务,备注\n王主任,信息中心,下午方便联系\n李会计,财务科,每月十日前对账",
    ),
    ("信息化需求.txt", "{name}计划年内更换内部电话系统，希望先看演示。"),
)
"""Names and contents; ``{name}`` is the group."""


@dataclass(frozen=True)
class Wish:
    """One export that somebody asks for: what for, how it ends, hours ago, and what is said."""

    purpose: str
    end: str
    hours_ago: int
    note: str = ""


WAITING, REFUSED, RELEASED, WITHDRAWN = "waiting", "refused", "released", "withdrawn"
WISHES = (
    Wish("季度客户答谢会邀请名单", RELEASED, 3, "名单用后请及时删除"),
    Wish("核对本月到期合约，准备续约走访", WAITING, 2),
    Wish("打印后放在办公室备查", REFUSED, 20, "用途不必要，请在系统内查询"),
    Wish("与地市核对客户归属", WITHDRAWN, 26),
)
