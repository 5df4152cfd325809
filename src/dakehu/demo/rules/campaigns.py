"""What the demonstration's campaigns offer, and what calls of theirs bring."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Offered:
    """
    One campaign: what it is called, how it contacts, what it says, how far it is, and
    from which customer on it has its list.
    """

    name: str
    purpose: str
    form: str
    script: str
    replies: str
    text: str
    title: str
    days_ago: int
    days: int
    stage: str
    first: int


OFFERED = (
    Offered(
        "专线提速体验月",
        "老专线客户免费提速一个月，体验后按新速率签约。",
        "CALL",
        "您好，我是您的客户经理。贵单位的专线可以免费提速一个月，期满自动恢复，"
        "不产生费用。请问方便为您安排开通吗？\n如客户问起资费：提速后每月加收 15%，签两年享九折。",
        "价格太高\n已有其他运营商\n需要内部商量\n现有带宽够用",
        "",
        "",
        12,
        45,
        "RUNNING",
        0,
    ),
    Offered(
        "国际漫游包推荐",
        "向常出差的客户推荐漫游包，先发短信再回访。",
        "SMS_CALL",
        "您好，昨天给您发过国际漫游包的短信。请问近期有出境安排吗？",
        "近期不出境\n已办理\n太贵",
        "尊敬的客户，国际漫游包 7 天 98 元，流量 3GB，回复 1 或联系客户经理办理。拒收回复 R。",
        "",
        6,
        30,
        "RUNNING",
        30,
    ),
    Offered(
        "云桌面试用邀请",
        "邀请集团客户试用云桌面一个月。",
        "CALL",
        "您好，云桌面可免费试用一个月，十个席位，工程师上门开通。",
        "没有需求\n愿意试用\n要看资料",
        "",
        "",
        60,
        40,
        "ENDED",
        60,
    ),
    Offered(
        "年终话费礼",
        "年底为高价值客户送出话费礼包。",
        "SMS",
        "",
        "",
        "尊敬的客户，感谢一年相伴，年终话费礼包已备好，到营业厅出示本短信即可领取。拒收回复 R。",
        "",
        0,
        20,
        "PROPOSED",
        20,
    ),
    Offered(
        "物联网卡试点",
        "为连锁门店推荐物联网卡，话术待讨论。",
        "CALL",
        "您好，门店收银与监控可改用物联网卡，每张每月 5 元起。",
        "",
        "",
        "",
        0,
        30,
        "DRAFT",
        100,
    ),
)
BROUGHT = (
    ("INTERESTED", "", "想先看方案，约下周上门。"),
    ("REACHED", "需要内部商量", "转给办公室主任。"),
    ("UNREACHED", "", ""),
    ("DECLINED", "价格太高", ""),
    ("REACHED", "现有带宽够用", "半年后再联系。"),
    ("AGAIN", "", "领导出差，改日再打。"),
    ("INTERESTED", "", "要正式报价。"),
    ("DECLINED", "已有其他运营商", "合同明年到期。"),
    ("UNREACHED", "", ""),
    ("REFUSED", "", "不愿再接到推广电话。"),
    ("REACHED", "", ""),
)
"""Result, reply, note; a reply that a campaign does not offer is left out."""
UNCALLED_EVERY = 4
CUSTOMERS = 60
