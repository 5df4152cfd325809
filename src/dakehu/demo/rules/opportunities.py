"""What customers and prospects of the demonstration want, and how far it got."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from dakehu.channels.choices import Activity
from dakehu.channels.values import Named
from dakehu.opportunities.values import Elements, Parts

OPEN, CLAIMED, RETURNED, GIVEN_UP = "open", "claimed", "returned", "given up"


@dataclass(frozen=True)
class Want:
    """One contact: where, who says what, what is known of them, and what became of it."""

    role: str
    channel: str
    text: str
    named: tuple[Named, ...]
    end: str = OPEN
    hours_ago: int = 1
    plans: bool = False
    is_willing: bool = True
    elements: Elements = field(default_factory=Elements)
    is_prospect: bool = False


def known(company: str, name: str, tail: int, **more: object) -> Elements:
    """Return what is known of a prospect."""
    told = {"company": company, "contact_name": name, "contact_phone": f"1360000{tail:04d}"}
    return Elements(**{**told, **more})  # type: ignore[arg-type]


LINE, MAS, INDUSTRY = (Named("LEASED_LINE"),), (Named("MAS"),), (Named("INDUSTRY"),)
WANTS = (
    Want("HOTLINE", "HOTLINE", "新办公楼要一条 100M 专线，月底前开通", LINE, CLAIMED, 30,
         elements=Elements("", "信息科孙科长", "13600000011", "分管副总 周", "NEW",
                           "友商 20M 专线", 9_600_000, "HOTLINE")),
    Want("HOTLINE", "HOTLINE", "给两名新员工加入集团V网", (Named("VPMN", Activity.ADD_MEMBER),),
         hours_ago=5),
    Want("HOTLINE", "HOTLINE", "门店遍布全市，想要统一的短信平台", MAS, CLAIMED, 40,
         is_prospect=True,
         elements=known("鲜达连锁超市", "运营部何女士", 12, expected_fen=3_600_000)),
    Want("HALL", "HALL", "开 10 个企业邮箱", (Named("MAIL"),), hours_ago=7),
    Want("HALL", "EXPERIENCE", "看了视频会议演示，问能否接入分公司", INDUSTRY, OPEN, 3,
         is_prospect=True, elements=known("立信会计师事务所", "行政主管 邓", 13)),
    Want("TELEPHONE_MANAGER", "TELEPHONE", "想了解怎样降低通信费用，愿意听方案", (), CLAIMED, 52),
    Want("ACCOUNT_MANAGER", "MANAGER", "OA 系统要接到手机上", INDUSTRY, CLAIMED, 74,
         elements=Elements("", "办公室主任 曹", "13600000014", "总经理 罗", "NEW", "自建 OA",
                           18_000_000, "MANAGER")),
    Want("HOTLINE", "WEBSITE", "网站留言：想要集团彩铃，请报价", (Named("GROUP_RING"),),
         RETURNED, 27, plans=True, is_prospect=True,
         elements=known("宏图装饰工程公司", "郑经理", 15)),
    Want("HOTLINE", "HOTLINE", "问企信通资费，暂时不办", (Named("SMS_SERVICE"),), hours_ago=4,
         is_willing=False),
    Want("HOTLINE", "HOTLINE", "车队要 GPRS 定位卡 60 张", (Named("GPRS"),), GIVEN_UP, 96,
         elements=Elements("", "调度室 钟", "13600000016", "", "MORE", "友商定位卡", 1_440_000)),
    Want("HALL", "HALL", "短信直连接口，开发已就绪", (Named("SMS_DIRECT"),), RETURNED, 20,
         plans=True),
    Want("PARTNER", "PARTNER", "客户要黑莓企业邮箱 5 部", (Named("BLACKBERRY"),), OPEN, 1,
         is_prospect=True, elements=known("环宇国际货代", "总经理助理 秦", 17)),
)  # fmt: skip
REASONS = ("BUSY", "REGION", "UNREACHED")
NOTES = ("已电话联系，约周三上门。", "客户希望先看方案和报价。", "已发资料，等客户内部讨论。")
SIGNED = "signed"
PIPELINES = (
    (),
    ("PREPLAN",),
    ("PREPLAN", "SOLUTION"),
    ("SOLUTION", "NEGOTIATION"),
    ("SOLUTION", "NEGOTIATION", "CONTRACT"),
    ("SOLUTION", "NEGOTIATION", "CONTRACT", SIGNED),
    ("SOLUTION", "NEGOTIATION", SIGNED, "VISIT"),
)
"""The stages through which claimed ones went, one line after the other."""
STAGE_NOTES = (
    "已梳理现状和决策链。",
    "方案已评审，报价已发。",
    "演示后客户认可，谈付款条件。",
    "合同走审批。",
)
WORTH_FEN = 7_200_000
DAYS_TO_SIGN = timedelta(days=35)
SOLUTION = Parts(
    "光纤接入两栋办公楼，核心机房双路由，专线 100M，预留扩容到 300M。\n工期 15 个工作日。",
    "月租 6 000 元，两年合约八五折，一次性工程费减免。",
    WORTH_FEN,
)
TALKS = (
    ("DEMO", "在客户会议室演示，信息科三人参加；认可稳定性，关心割接时间。"),
    ("TALK", "谈付款方式：客户要求按季后付，我方提出月付九五折。约定下周回复。"),
    ("REFERENCE", "陪同参观同行业客户机房，客户对运维响应印象好。"),
)
CONTRACT_TERMS = "一、月租按季支付。\n二、故障四小时内到场。\n三、期满前六十日协商续约。"
DAYS_TO_RUN = (20, 52, 365, 730)
"""How long contracts still run, one after the other."""
AGREED = "我同意运营商保存我填写的信息并就此与我联系。"
OUTSIDE = (
    ("锦程物流", "冯先生", "13600000051", "GPRS", "40 台货车要定位，想先试两台"),
    ("博雅培训学校", "教务处林老师", "13600000052", "", "想给家长群发通知，不知道用什么"),
)
"""What was written into the public form: company, name, number, product, need."""
SUPPORTS = (
    ("DEVELOPMENT", "请开发与客户考勤系统的接口，按附件字段。"),
    ("INSTALLATION", "请现场勘查机房并出施工方案。"),
    ("TRAINING", "请给客户管理员做一次使用培训。"),
)
COLLECTED = "开通集团彩铃"
"""What is to be done with the numbers that a telephone manager collected."""

WORDINGS = (
    (
        (
            "专线标准方案",
            "LEASED_LINE",
            "为 {customer} 建设 {products}。\n现状：{present}\n联系人：{contact}。",
            "资费按目录价，合同期三年，含 7×24 小时响应。",
        ),
        True,
    ),
    (("通用服务承诺", "", "7×24 小时受理，4 小时内到场；负责人 {manager}，{unit}。", ""), True),
    (
        ("专线提速方案", "LEASED_LINE", "将 {customer} 的专线提速至 200M。", "提速不加价一年。"),
        False,
    ),
)
"""Words of solutions: name, product, technical and commercial part, and whether released."""
VISITED: tuple[dict[str, Any], ...] = (
    {"form": "CALL", "satisfaction": 5, "opinion": "开通及时，客户经理全程跟进。"},
    {
        "form": "ONSITE",
        "satisfaction": 2,
        "opinion": "开通比约定晚了两天，希望以后提前告知。",
        "left_open": "备用端口还没有调通。",
    },
    {
        "form": "CALL",
        "satisfaction": 4,
        "opinion": "总体满意。",
        "next_need": "明年想了解云主机和集团短信。",
    },
    {"form": "CALL", "is_reached": False, "opinion": "三次无人接听，改日再访。"},
)
"""What customers say at return visits."""
