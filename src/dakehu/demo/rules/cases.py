"""What customers of the demonstration ask for: kind, words, answer, cause, and how far it got."""

from dataclasses import dataclass

QUEUE, TAKEN, ANSWERED, WAITING, CLOSED, SOLVED = (
    "QUEUE", "TAKEN", "ANSWERED", "WAITING", "CLOSED", "SOLVED"
)  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """One thing that a customer asks for, so many hours ago, and how far it got."""

    kind: str
    channel: str
    text: str
    answer: str
    cause: str
    end: str
    hours_ago: int


WISHES: tuple[Wish, ...] = (
    Wish("FAULT", "HOTLINE", "互联网专线从早上八点起中断，前台无法收银。请尽快派人。",
         "光缆被市政施工挖断，抢修中，预计两小时恢复。", "NETWORK", ANSWERED, 2),
    Wish("FAULT", "HOTLINE", "我们这栋楼的专线也断了，和隔壁一样。",
         "同一光缆中断，抢修中。", "NETWORK", QUEUE, 1),
    Wish("FAULT", "MANAGER", "企业邮箱收不到外部邮件，已经半天。",
         "邮件网关误判，已加入白名单并补投。", "PLATFORM", CLOSED, 30),
    Wish("COMPLAINT", "HOTLINE", "上月账单多收了短信费，我们没有开通过这项业务。",
         "核查为误开通，已取消并退费，致歉。", "TARIFF", CLOSED, 52),
    Wish("COMPLAINT", "HALL", "办理变更跑了三趟，每次要的材料都不一样。",
         "已统一材料清单并上门办理。", "HANDLING", TAKEN, 7),
    Wish("COMPLAINT", "HOTLINE", "客户经理承诺上周回电，至今没有消息。",
         "已由主管致歉并当日答复。", "DELAY", QUEUE, 3),
    Wish("CONSULTATION", "HOTLINE", "专线从 100M 升到 500M 需要多久，要不要停机？",
         "三个工作日，切换中断约五分钟。", "KNOWLEDGE", SOLVED, 5),
    Wish("CONSULTATION", "WEBSITE", "短号集群网最多可以加多少成员？",
         "单网两千个，可申请扩容。", "KNOWLEDGE", SOLVED, 26),
    Wish("CONSULTATION", "TELEPHONE", "集团彩铃到期后能不能换一家供应商的铃音？",
         "可以，续约时提出即可。", "KNOWLEDGE", QUEUE, 2),
    Wish("COVERAGE", "MANAGER", "新办公楼地下车库和电梯里没有信号，员工意见很大。",
         "加装室内分布系统。", "NETWORK", ANSWERED, 20),
    Wish("COVERAGE", "HOTLINE", "厂区三号仓库信号弱，扫码枪经常掉线。",
         "调整天线并补点。", "NETWORK", TAKEN, 9),
    Wish("INSTALLATION", "MANAGER", "新门店需要开通一条互联网专线和两部固话。",
         "已开通并交付测试报告。", "DEMAND", CLOSED, 70),
    Wish("INSTALLATION", "OPERATIONS", "会议室加装视频会议终端两套。",
         "等待客户确认安装时间。", "DEMAND", WAITING, 28),
    Wish("TRIAL", "MANAGER", "想试用移动办公两个月，先给三十个人开。",
         "已开通试用。", "DEMAND", TAKEN, 33),
    Wish("DEMONSTRATION", "TELEPHONE", "请来公司演示一下视频监控方案，最好下周三下午。",
         "已约定时间。", "DEMAND", ANSWERED, 24),
    Wish("TRAINING", "MANAGER", "新入职的行政需要培训企信通群发怎么用。",
         "已安排线上培训。", "DEMAND", CLOSED, 96),
    Wish("SOLUTION", "MANAGER", "准备建智慧园区，需要一份网络和安防的整体方案。",
         "方案编写中。", "DEMAND", TAKEN, 45),
    Wish("RETURN", "HALL", "上周领的两部终端有一部充不进电，要求更换。",
         "已更换新机。", "TERMINAL", CLOSED, 60),
    Wish("SUGGESTION", "HOTLINE", "希望账单能按部门拆开，财务对账方便。",
         "已转产品部门，下季度上线。", "DEMAND", CLOSED, 120),
    Wish("SUGGESTION", "WEBSITE", "网站自助办理能不能支持批量导入成员？",
         "", "DEMAND", QUEUE, 14),
)  # fmt: skip

BATCH_ROWS = 36
BATCH_TEXT = "为新员工统一开通彩铃和短号，名单附后。"
BATCH_WISH = "开通短号与彩铃"
FAULT_WORDS = "市政施工挖断光缆，专线业务受影响，正在抢修，预计两小时内恢复。恢复后逐一通知。"
