"""What people of the demonstration know of their customers: contacts, habits, gifts, notes.

Drawn from the customer's number alone, so furnishing twice draws the same.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from dakehu.demo.rules import words

ROLES = (
    ("LEADER", "DECIDES", ("总经理", "局长", "院长", "董事长"), "办公室"),
    ("KEY_PERSON", "ADVISES", ("信息中心主任", "副总经理", "办公室主任"), "信息中心"),
    ("CONTACT", "USES", ("行政专员", "网络管理员", "综合科科长"), "综合部"),
    ("USER", "USES", ("销售主管", "财务会计", "调度员"), "业务部"),
)
HOBBIES = words.each("钓鱼 书法 羽毛球 摄影 象棋 登山 品茶 乒乓球 越野跑 京剧 园艺 自驾游")
PREFERENCES = (
    "喜欢上午面谈，不愿接推销电话",
    "重要事项先发短信，再约时间",
    "关注账单明细，希望每月邮件发送",
    "看重网络质量，对价格不敏感",
    "习惯微信沟通，回复较快",
)
WISHES = ("茶叶", "书籍", "健身卡", "不收贵重礼品", "本地特产", "演出票")
PRESENTS = (
    ("春节茶叶礼盒", "春节拜访", 19_800),
    ("生日蛋糕", "生日关怀", 16_800),
    ("中秋月饼礼盒", "中秋拜访", 12_800),
    ("纪念钢笔", "合作周年", 26_000),
    ("图书卡", "客户联谊会", 10_000),
)
RIVALS = ("华信通信", "联讯网络", "天翼达")
RIVAL_OFFERS = (
    ("互联网专线", "报价比我方低两成，承诺两年不涨价，客户尚在观望。", 680_000),
    ("融合套餐", "赠送终端吸引员工转网，已有三人咨询携号转网。", 12_900),
    ("云视讯", "免费试用三个月，合同期满前需要重点关注。", 0),
)
NEEDS = (
    ("NEED", "计划明年扩建二期厂区，需要园区无线覆盖和一卡通方案。"),
    ("MARKET", "所在行业推行数字化改造补贴，客户正在立项。"),
    ("HABIT", "采购一律年底招标，九月前要进入供应商名单。"),
    ("NEED", "希望外勤人员定位与考勤合并到一个应用里。"),
)
SAYINGS = (
    (5, "VISIT", "服务及时，专线割接当天客户经理全程在场，非常满意。"),
    (4, "CALL", "整体满意，建议账单按部门拆分，方便报销。"),
    (3, "CALL", "五楼会议室信号偏弱，希望尽快优化。"),
    (2, "VISIT", "上月两次断网没有提前通知，要求给出说明。"),
    (4, "VISIT", "对新推的短信平台感兴趣，希望安排一次演示。"),
    (1, "HOTLINE", "国际漫游费用未提示，客户不满，要求核查。"),
)
OCCASIONS = (("成立纪念日", 3650), ("新办公楼启用", 1500), ("签约合作纪念", 900))
PLACES = ("办公楼", "分厂", "仓库", "营业部")
PROSPECTS = (
    ("食品有限公司", "制造业"),
    ("律师事务所", "商务服务"),
    ("职业培训学校", "教育"),
    ("连锁药房", "医疗卫生"),
    ("新能源科技有限公司", "能源电力"),
    ("旅行社", "酒店旅游"),
)
LEFT = ("号码已销户，客户迁往外省", "单位已注销", "客户转用其他运营商，挽留未成")
LUNAR_PERCENT = 30


@dataclass(frozen=True)
class Archive:
    """What is known of one customer; every entry is the values of one detail."""

    contacts: tuple[dict[str, Any], ...] = ()
    addresses: tuple[dict[str, Any], ...] = ()
    anniversaries: tuple[dict[str, Any], ...] = ()
    gifts: tuple[dict[str, Any], ...] = ()
    notes: tuple[dict[str, Any], ...] = ()
    opinions: tuple[dict[str, Any], ...] = ()
    person: dict[str, Any] = field(default_factory=dict)


def archive_of_group(number: str, *, on: date) -> Archive:
    """Draw what is known of a group."""
    dice = Random(f"group {number}")  # noqa: S311 - invented people, drawn alike each time
    people = ROLES[: dice.randint(2, len(ROLES))]
    return Archive(
        contacts=tuple(drawn_contact(dice, role, on=on) for role in people),
        addresses=tuple(drawn_address(dice) for _ in range(dice.randint(0, 2))),
        anniversaries=tuple(drawn_day(dice, on=on) for _ in range(dice.randint(0, 1))),
        gifts=tuple(drawn_gift(dice, on=on) for _ in range(dice.randint(0, 2))),
        notes=tuple(drawn_note(dice, on=on) for _ in range(dice.randint(0, 2))),
        opinions=tuple(drawn_opinion(dice) for _ in range(dice.randint(0, 3))),
    )


def archive_of_person(number: str, *, on: date) -> Archive:
    """Draw what is known of an individual."""
    dice = Random(f"person {number}")  # noqa: S311
    person = {
        **habits(dice),
        "occupation": dice.choice(("教师", "企业主", "医生", "公务员", "工程师", "会计")),
    }
    return Archive(
        person=person,
        gifts=tuple(drawn_gift(dice, on=on) for _ in range(dice.randint(0, 1))),
        notes=tuple(drawn_note(dice, on=on) for _ in range(dice.randint(0, 1))),
        opinions=tuple(drawn_opinion(dice) for _ in range(dice.randint(0, 2))),
    )


def drawn_name(dice: Random, *, is_female: bool) -> str:
    """Draw a person's name."""
    given = words.GIVEN_FEMALE if is_female else words.GIVEN_MALE
    return dice.choice(words.SURNAMES) + dice.choice(given[: -words.RARE_NAMES])


def habits(dice: Random) -> dict[str, Any]:
    """Draw what somebody likes."""
    return {
        "hobbies": "、".join(dice.sample(HOBBIES, 2)),
        "preferences": dice.choice(PREFERENCES),
        "gift_wishes": dice.choice(WISHES),
    }


def drawn_contact(dice: Random, role: tuple[str, str, Any, str], *, on: date) -> dict[str, Any]:
    """Draw a person of a group in one role."""
    is_female = dice.random() < 1 / 3
    born = date(on.year - dice.randint(28, 58), 1, 1) + timedelta(days=dice.randint(0, 364))
    return {
        "role": role[0],
        "influence": role[1],
        "name": drawn_name(dice, is_female=is_female),
        "position": dice.choice(role[2]),
        "department": role[3],
        "is_primary": role[0] == "CONTACT",
        "gender": "F" if is_female else "M",
        "phone": f"139{dice.randint(0, 99_999_999):08d}",
        "email": f"user{dice.randint(100, 999)}@example.com",
        "birth_date": born,
        "birth_calendar": "lunar" if dice.randint(1, 100) <= LUNAR_PERCENT else "solar",
        **habits(dice),
    }


def drawn_address(dice: Random) -> dict[str, Any]:
    """Draw a further address."""
    street = f"{dice.choice(words.STREETS)}{dice.randint(1, 300)}号"
    return {"label": dice.choice(PLACES), "address": street, "postcode": "530000"}


def drawn_day(dice: Random, *, on: date) -> dict[str, Any]:
    """Draw a day to remember."""
    title, ago = dice.choice(OCCASIONS)
    return {"title": title, "on": on - timedelta(days=ago + dice.randint(0, 364))}


def drawn_gift(dice: Random, *, on: date) -> dict[str, Any]:
    """Draw a present of the last year."""
    what, occasion, fen = dice.choice(PRESENTS)
    day = on - timedelta(days=dice.randint(5, 360))
    return {"what": what, "occasion": occasion, "value_fen": fen, "on": day}


def drawn_note(dice: Random, *, on: date) -> dict[str, Any]:
    """Draw what was learned of a competitor or of a need."""
    if dice.random() < 1 / 2:
        kind, text = dice.choice(NEEDS)
        return {"kind": kind, "text": text, "days_ago": dice.randint(3, 200)}
    product, text, fen = dice.choice(RIVAL_OFFERS)
    return {
        "kind": "COMPETITOR",
        "competitor": dice.choice(RIVALS),
        "product": product,
        "text": text,
        "price_fen": fen or None,
        "until": on + timedelta(days=dice.randint(30, 400)),
        "days_ago": dice.randint(3, 200),
    }


def drawn_opinion(dice: Random) -> dict[str, Any]:
    """Draw what a customer said."""
    satisfaction, source, text = dice.choice(SAYINGS)
    days = dice.randint(2, 150)
    return {"satisfaction": satisfaction, "source": source, "text": text, "days_ago": days}


def drawn_prospect(place: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Draw a prospect: the customer's own fields, and the organisation's."""
    dice = Random(f"prospect {place}")  # noqa: S311
    ending, industry = PROSPECTS[place % len(PROSPECTS)]
    name = f"{dice.choice(words.FIRM_NAMES)}{ending}"
    phone = f"137{dice.randint(0, 99_999_999):08d}"
    profile = {
        "industry": industry,
        "org_kind": "enterprise",
        "employees": dice.randint(8, 400),
        "address": f"{dice.choice(words.STREETS)}{dice.randint(1, 300)}号",
    }
    return {"name": name, "phone": phone}, profile
