"""How the people of the demonstration act on alerts: who reacts, with which outcome and words."""

from dataclasses import dataclass
from datetime import date, timedelta

from dakehu.demo.rules.casting import share

# Out of a hundred new alerts, so many are acted on in the morning they appear.
ACTED_ON = 58


@dataclass(frozen=True)
class Act:
    """One act: outcome code, whether the customer was reached, the note, days to the follow-up."""

    outcome: str
    contacted: bool
    note: str
    follow_up_days: int | None = None


TALKS = (
    (38, Act("KEPT", True, "客户反映近期出差较多，用量下降属正常，已推荐流量安心包，客户接受。")),
    (52, Act("FALSE_ALARM", True, "客户更换副卡使用，主号保留，无离网意向。")),
    (66, Act("NO_ANSWER", False, "两次拨打均无人接听，改日再联系。", 2)),
    (80, Act("CALL_AGAIN", True, "客户正在开会，约定稍后再谈资费优惠。", 3)),
    (90, Act("LEAVING", True, "客户表示竞争对手给出更低资费，已上报主管申请挽留政策。", 5)),
    (100, Act("KEPT", True, "已上门拜访并办理合约续签，客户表示满意。")),
)
GREETINGS = (
    (85, Act("INFORMED", True, "已致电送上生日祝福，客户很高兴。")),
    (100, Act("NO_ANSWER", False, "电话未接，已转为短信祝福，次日补打。", 1)),
)
RENEWALS = (
    (60, Act("KEPT", True, "已说明合约到期后的优惠方案，客户同意续约。")),
    (80, Act("CALL_AGAIN", True, "客户需要比较套餐，约定下周答复。", 7)),
    (100, Act("INFORMED", True, "已告知合约到期日和续约方式。")),
)
SCRIPTS = {"W07": GREETINGS, "W08": RENEWALS}


def act_on(rule: str, *, number: int, seed: int) -> Act | None:
    """Return what the owner of alert ``number`` does about it, or None: not yet."""
    if share(seed, number) >= ACTED_ON:
        return None
    drawn = share(seed + 1, number)
    return next(act for bound, act in SCRIPTS.get(rule, TALKS) if drawn < bound)


def follow_up(act: Act, *, on: date) -> date | None:
    """Return the day on which the owner wants to look again."""
    return None if act.follow_up_days is None else on + timedelta(days=act.follow_up_days)
