"""What the demonstration knows of its services, in one wording for all channels (G4)."""

from dataclasses import dataclass

DRAFT, PROPOSED, PUBLISHED, WITHDRAWN = "draft", "proposed", "published", "withdrawn"


@dataclass(frozen=True)
class Paper:
    """
    One article: its words, how far it got, how many days ago it was written.

    ``news`` are the words of a second version and what is new in them, if there is one; ``lasts``
    is for how many days it may be said from then on; ``missed`` what somebody missed.
    """

    title: str
    topic: str
    keywords: str
    body: str
    product: str = ""
    channels: str = ""
    end: str = PUBLISHED
    days_ago: int = 30
    lasts: int | None = None
    news: tuple[str, str] | None = None
    missed: str = ""


PAPERS = (
    Paper(
        "专线中断时如何受理和答复客户",
        "故障受理",
        "专线 断网 抢修 时限 zhuanxian",
        "先问清三件事：专线编号、中断开始时间、是否全部业务受影响。\n\n"
        "答复口径：已为您登记紧急故障，工程师将在约定时限内联系您并通报进展；恢复后我们会再次回访。\n\n"
        "注意：不要承诺具体恢复时刻，只承诺下一次通报的时间。"
        "涉及金融、医疗、政务客户时，同时电话通知值班主管。",
        product="LEASED_LINE",
        days_ago=48,
        news=(
            (
                "先问清四件事：专线编号、中断开始时间、是否全部业务受影响、现场联系人。\n\n"
                "答复口径：已为您登记紧急故障，工程师将在约定时限内联系您，此后每小时通报一次进展；"
                "恢复后我们会再次回访。\n\n"
                "注意：不要承诺具体恢复时刻，只承诺下一次通报的时间。"
                "涉及金融、医疗、政务客户时，同时电话通知值班主管。"
            ),
            "增加现场联系人，通报改为每小时一次",
        ),
        missed="希望写明夜间值班电话在哪里查",
    ),
    Paper(
        "集团客户如何申请增值税专用发票",
        "账务发票",
        "专票 开票资料 抬头 税号 邮寄",
        "所需资料：一般纳税人证明、开票资料盖章件、经办人身份证件。首次申请由客户经理上门收取或请客户到营业厅办理。\n\n"
        "答复口径：资料齐全后，从下一账期起开具专用发票，已开具的普通发票需先退回再换开。\n\n"
        "跨年度的发票不能换开，请直接说明，不要请客户再跑一趟。",
        days_ago=40,
    ),
    Paper(
        "短号集群网成员的增加和退出",
        "业务办理",
        "虚拟网 VPMN 短号 成员 退网",
        "增加成员：由集团联系人提出，热线、营业厅、客户经理均可受理，次日生效。\n\n"
        "退出成员：只能由成员本人提出。集团要求批量退出时，请集团联系人出具盖章名单，转客户经理办理。\n\n"
        "答复口径：为保护每位使用者的权益，退出需由本人确认。",
        product="VPMN",
        days_ago=35,
    ),
    Paper(
        "合约到期前客户来问续约优惠",
        "营销口径",
        "续约 到期 优惠 折扣 合同",
        "先查合约到期日：到期前三个月内可以谈续约，更早的请记录意向并交客户经理。\n\n"
        "答复口径：续约方案由您的客户经理在两个工作日内与您联系，各渠道方案一致，您不必比较渠道。\n\n"
        "不得口头承诺折扣；客户提到竞争对手报价时，请记入该客户的市场信息。",
        channels=" ACCOUNT TELEPHONE HOTLINE HALL ",
        days_ago=28,
        lasts=180,
    ),
    Paper(
        "云桌面与云主机怎么区分",
        "产品知识",
        "云计算 桌面云 服务器 yun",
        "云桌面给人用：每人一台虚拟电脑，按用户数计费。云主机给系统用：运行网站、数据库等，按配置和时长计费。\n\n"
        "一句话推荐：要统一管理员工电脑选云桌面；要上线应用系统选云主机。\n\n"
        "超过五十个桌面或涉及等级保护要求的，请转售前工程师，不自行报价。",
        channels=" ACCOUNT TELEPHONE ENGINEER PARTNER ",
        days_ago=24,
        missed="缺少与竞争对手产品的对比",
    ),
    Paper(
        "大额账单异常：客户质疑流量或国际漫游费",
        "账务发票",
        "账单 争议 漫游 流量 退费 投诉",
        "先安抚并登记争议金额，争议期间不催缴争议部分。\n\n"
        "答复口径：我们会在两个工作日内核对详单并给您书面说明；若属我方差错，在当月账单中退回。\n\n"
        "详单只提供给机主本人或集团授权联系人，核对身份后再办理。",
        days_ago=20,
    ),
    Paper(
        "春节前客户经理走访的礼品标准",
        "客户关怀",
        "节日 礼品 走访 标准 廉洁",
        "礼品须为公司统一采购的宣传品，单份价值按客户等级执行，不得赠送现金、购物卡和烟酒。\n\n"
        "党政机关和事业单位客户一律只送贺卡。赠送后在客户档案的礼品栏登记。",
        channels=" ACCOUNT TELEPHONE ",
        days_ago=16,
        lasts=120,
    ),
    Paper(
        "5G 专网的办理流程和准备资料",
        "产品知识",
        "5G 专网 园区 切片 流程",
        "适用：园区、矿山、港口等需要本地数据不出园区的客户。\n\n"
        "流程：登记需求，现场勘察，方案评审，签约，建设，验收，一般需要六至十周。\n\n"
        "答复口径：勘察前不报价格；我们会在三个工作日内安排工程师与您约定勘察时间。",
        days_ago=12,
    ),
    Paper(
        "携号转网：客户说要转走怎么答复",
        "营销口径",
        "携转 离网 挽留 号码 xiehao",
        "先倾听原因并复述一遍，不指责、不设障碍。\n\n"
        "答复口径：您有权自由选择。请允许您的客户经理今天与您联系一次，确认合约、靓号和集团优惠的影响，避免给您带来损失。\n\n"
        "挂机后立即登记，系统会通知责任客户经理。",
        days_ago=9,
    ),
    Paper(
        "物联网卡停机保号的规则",
        "业务办理",
        "物联卡 停机 保号 复机",
        "停机保号最长六个月，期间每月收取保号费；到期未复机的自动销户，销户前三十天短信和邮件各提醒一次。",
        channels=" ACCOUNT HOTLINE HALL ",
        product="M2M",
        end=PROPOSED,
        days_ago=2,
    ),
    Paper(
        "云会议免费试用活动的参加条件",
        "营销口径",
        "云会议 试用 活动",
        "面向铜牌及以上集团，试用一个月，最多一百方。每个集团只能参加一次。",
        product="VIDEO_MEETING",
        end=DRAFT,
        days_ago=1,
    ),
    Paper(
        "旧版宽带提速活动答复口径",
        "营销口径",
        "宽带 提速 活动",
        "活动已经结束，请不要再向客户提及。",
        product="BROADBAND",
        end=WITHDRAWN,
        days_ago=60,
    ),
)
