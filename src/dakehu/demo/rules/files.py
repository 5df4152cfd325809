"""What the file of an invented person says: the past, skills, authorities (M1, M4)."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from dakehu.common.identity import check_character
from dakehu.demo.rules import words
from dakehu.demo.rules.dice import Dice, Scope

SEED = 2026
YEAR = timedelta(days=365)
# No place in the country has this number.
REGION = "990102"

POSITIONS = {
    "ACCOUNT_MANAGER": ("客户经理", "高级客户经理", "资深客户经理"),
    "TELEPHONE_MANAGER": ("电话经理", "高级电话经理"),
    "SUPERVISOR": ("大客户部主任",),
    "DISPATCHER": ("工单调度员",),
    "HOTLINE": ("热线话务员", "话务组长"),
    "HALL": ("营业员", "值班经理"),
    "PROVINCE_ANALYST": ("经营分析师",),
    "HEADQUARTERS_ANALYST": ("经营分析师",),
    "OPERATIONS_CENTER": ("运营管理专员",),
    "CHIEF_REPRESENTATIVE": ("首席客户代表",),
    "ENGINEER": ("网络优化工程师", "传输维护工程师"),
    "PARTNER": ("渠道合作伙伴",),
    "ADMINISTRATOR": ("系统管理员",),
}
EARLIER = (
    ("新世纪电子市场", "销售顾问"),
    ("博远人力资源公司", "外派营业员"),
    ("远大商贸有限公司", "业务员"),
    ("启明软件有限公司", "技术支持"),
)
EDUCATION = ("大专", "本科", "本科", "本科", "硕士")
SKILLS = {
    "ENGINEER": ("无线网络优化", "光缆抢修", "专线开通调测", "室内分布测试"),
    "PARTNER": ("渠道拓展", "集团产品销售", "售后安装"),
    "HALL": ("业务受理", "投诉安抚", "终端演示"),
    "HOTLINE": ("电话礼仪", "投诉安抚", "资费解读"),
    "": ("商务谈判", "方案撰写", "集团产品演示", "客户关怀", "专线方案设计", "投诉安抚"),
}
LANGUAGES = ("普通话", "英语", "江岚方言", "彝语", "粤语", "手语")
TRAININGS = (
    ("大客户服务规范", "省公司培训中心", 16, "服务规范合格证"),
    ("集团信息化产品认证", "省公司培训中心", 24, "信息化产品经理认证"),
    ("客户离网预警与挽留", "集团总部网络学院", 8, ""),
    ("个人信息保护与金库管理", "集团总部网络学院", 4, "信息安全合格证"),
    ("商务礼仪与沟通", "江岚职业技术学院", 12, ""),
    ("专线开通与故障定位", "省公司网络部", 20, "专线维护上岗证"),
)
RESULTS = ("合格", "良好", "优秀")
PARTNER_FIRMS = (
    "恒信通信服务有限公司",
    "众合信息技术有限公司",
    "天成通讯器材有限公司",
    "安达工程有限公司",
)
SELLERS = frozenset({"ACCOUNT_MANAGER", "TELEPHONE_MANAGER", "CHIEF_REPRESENTATIVE", "PARTNER"})
CLERKS = frozenset({"HALL", "HOTLINE"})
LEVELS = ("BASIC", "GOOD", "EXPERT")


@dataclass(frozen=True)
class DrawnFile:
    """The fields of a file, and its lines by kind, in the form in which operations take them."""

    details: dict[str, Any]
    lines: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def draw_file(*, number: int, name: str, role: str, employer: str, on: date) -> DrawnFile:
    """Draw the file of person ``number``, who works in ``role`` for ``employer`` on a day."""
    dice = Dice(SEED, Scope.FILES, number)
    joined_on = on - timedelta(days=draw(dice, 400, 14 * 365))
    position = one_of(dice, POSITIONS.get(role, ("专员",)))
    details = details_of(dice, name=name, number=number, role=role, on=on)
    lines = {
        "posts": posts_of(dice, employer=employer, position=position, joined_on=joined_on, on=on),
        "skills": skills_of(dice, role),
        "trainings": trainings_of(dice, joined_on=joined_on, on=on),
        "authorities": authorities_of(dice, role, since=joined_on + YEAR),
    }
    return DrawnFile({**details, "position": position, "joined_on": joined_on}, lines)


def details_of(dice: Dice, *, name: str, number: int, role: str, on: date) -> dict[str, Any]:
    """Draw the fields of a file: communication, personal, work."""
    woman = any(
        name.endswith(given) for given in words.GIVEN_FEMALE if len(given) == len(name) - 1
    )
    born = on - timedelta(days=draw(dice, 23 * 365, 56 * 365))
    details: dict[str, Any] = {
        "phone": f"139{draw(dice, 0, 99_999_999):08d}",
        "email": f"staff{number:04d}@jianglan.example",
        "gender": "F" if woman else "M",
        "birth_date": born,
        "identity_no": identity_number(born, order=draw(dice, 0, 499) * 2 + (not woman)),
        "education": one_of(dice, EDUCATION),
    }
    if role in {"ACCOUNT_MANAGER", "TELEPHONE_MANAGER"} and draw(dice, 1, 3) == 1:
        details["capacity"] = draw(dice, 4, 12) * 50
    if role == "PARTNER":
        details["company"] = PARTNER_FIRMS[number % len(PARTNER_FIRMS)]
        details["is_core_partner"] = draw(dice, 0, 1) == 1
    return details


def identity_number(born: date, *, order: int) -> str:
    """Return an identity number of an invented place; odd orders are men's."""
    head = f"{REGION}{born:%Y%m%d}{order:03d}"
    return head + check_character(head)


def posts_of(
    dice: Dice, *, employer: str, position: str, joined_on: date, on: date
) -> list[dict[str, Any]]:
    """Draw a work history: sometimes a post elsewhere, sometimes a first one here, the present."""
    found = []
    if draw(dice, 0, 2) == 0:
        firm, work = EARLIER[draw(dice, 0, len(EARLIER) - 1)]
        start = joined_on - timedelta(days=draw(dice, 300, 1500))
        found.append(post(firm, work, start, joined_on))
    middle = joined_on + (on - joined_on) // 2
    if draw(dice, 0, 1) == 0:
        found.append(post(employer, "客户服务代表", joined_on, middle))
        joined_on = middle
    return [*found, post(employer, position, joined_on, None)]


def post(employer: str, position: str, since: date, until: date | None) -> dict[str, Any]:
    """Return a line of a work history."""
    return {"employer": employer, "position": position, "starts_on": since, "ends_on": until}


def skills_of(dice: Dice, role: str) -> list[dict[str, Any]]:
    """Draw skills and languages; everybody speaks the common language."""
    known = SKILLS.get(role, SKILLS[""])
    names = {one_of(dice, known) for _each in range(draw(dice, 1, 3))}
    spoken = {LANGUAGES[0], *(one_of(dice, LANGUAGES) for _each in range(draw(dice, 0, 2)))}
    lines = [("SKILL", each) for each in known if each in names]
    lines += [("LANGUAGE", each) for each in LANGUAGES if each in spoken]
    return [
        {"kind": kind, "name": each, "proficiency": LEVELS[draw(dice, 0, 2)]}
        for kind, each in lines
    ]


def trainings_of(dice: Dice, *, joined_on: date, on: date) -> list[dict[str, Any]]:
    """Draw one to four trainings since somebody joined."""
    found = []
    for place in sorted({draw(dice, 0, len(TRAININGS) - 1) for _each in range(draw(dice, 1, 4))}):
        title, provider, hours, certificate = TRAININGS[place]
        start = joined_on + timedelta(days=draw(dice, 10, max((on - joined_on).days - 5, 11)))
        found.append(
            {
                "title": title,
                "provider": provider,
                "starts_on": start,
                "ends_on": start + timedelta(days=hours // 8),
                "hours": hours,
                "result": RESULTS[draw(dice, 0, 2)],
                "certificate": certificate,
            }
        )
    return found


def authorities_of(dice: Dice, role: str, *, since: date) -> list[dict[str, Any]]:
    """Draw what somebody may do with products: sellers with those of groups, clerks of people."""
    products: tuple[tuple[str, str], ...]
    actions: tuple[str, ...]
    if role in SELLERS:
        products, actions = words.GROUP_PRODUCTS, ("QUERY", "OPEN", "CHANGE")
    elif role in CLERKS:
        products, actions = words.PERSONAL_PRODUCTS, ("QUERY", "OPEN")
    else:
        return []
    codes = [code for code, _name in products]
    chosen = sorted({one_of(dice, codes) for _each in range(draw(dice, 2, 4))})
    return [
        {"product_code": code, "action": action, "starts_on": since, "ends_on": None}
        for code in chosen
        for action in actions[: draw(dice, 1, len(actions))]
    ]


def draw(dice: Dice, low: int, high: int) -> int:
    """Draw one whole number from ``low`` to ``high``, both included."""
    return int(dice.whole(1, low, high)[0])


def one_of(dice: Dice, choices: Any) -> Any:
    """Draw one of the choices."""
    return choices[draw(dice, 0, len(choices) - 1)]
