"""What the people of the demonstration visit customers for, and what they write about it."""

from datetime import time

DAYS = (0, -5, 0, -1, 0, -12, 1, -19, 0, 2, -2, 4, -26, 6, -9, 9, -33)
TIMES = (time(9, 30), time(14, 0), None, time(10, 30), None, time(15, 30), time(16, 30))
VISITS = (
    (
        "CARE",
        "季度例行走访",
        "与{name}信息中心主任面谈，回顾本季度服务情况，客户对专线质量满意。",
        "希望每月提供一次流量分析。",
    ),
    (
        "PROMOTION",
        "千兆专线优惠推介",
        "向{name}介绍千兆专线优惠政策，客户要求给出书面报价。",
        "",
    ),
    (
        "DEMONSTRATION",
        "云视讯上门演示",
        "在{name}会议室演示云视讯，十余人参加，约定试用两周。",
        "演示效果好，想先试用再决定。",
    ),
    (
        "RETURN",
        "故障处理后回访",
        "回访{name}，上周链路中断已恢复，客户认可处理速度。",
        "处理及时，希望提前告知割接。",
    ),
    ("INSPECTION", "机房设备巡检", "巡检{name}机房接入设备，更换一根老化尾纤，运行正常。", ""),
    ("OPTIMISATION", "套餐优化沟通", "与{name}核对在用套餐，建议合并闲置号码，客户同意。", ""),
    ("FEE_TALK", "年度费用核对", "与{name}财务核对年度账单，无差异。", ""),
)
"""Purpose, what it is about, what came of it, what the customer said."""
GREETED_DAYS_AGO = (70, 56, 42, 28, 14, 0, -20)
GREETED = (
    ("PLEASED", "客户致谢，约下月见面"),
    ("NOTED", ""),
    ("NOTED", ""),
    ("PLEASED", "回复短信表示感谢"),
    ("NOT_REACHED", "电话未接"),
)
"""What came of greetings, with a note."""
NEXT_PLAN = "完成专线扩容并开通\n组织一次产品培训"
SENT_NOTE = "当面交给信息中心主任"

# Days from today, kind, title, place, seats, yuan planned.
EVENTS = (
    (-40, "TRAINING", "政企信息化应用培训班", "市公司培训中心 201", 12, 6000),
    (-18, "FELLOWSHIP", "集团客户秋季健步联谊", "滨江公园", 16, 12000),
    (-6, "PERSONAL", "企业数字化转型讲座", "图书馆报告厅", 10, 8000),
    (5, "SEMINAR", "云专线方案研讨会", "政企体验厅", 8, 5000),
    (12, "TRAINING", "集团通讯录与企业邮箱使用培训", "市公司培训中心 201", 12, 4000),
    (26, "EXPERIENCE", "智慧办公体验日", "政企体验厅", 20, 9000),
)
