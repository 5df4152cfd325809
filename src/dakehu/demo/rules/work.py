"""What the people of the demonstration write into their work log."""

ENTRIES = (
    ("客户走访", 60, "走访{name}，与信息中心讨论专线扩容，对方希望月底前给出方案。"),
    ("电话沟通", 15, "致电{name}核对账单明细，客户确认无误。"),
    ("业务办理", 30, "为{name}办理号码过户和套餐变更，资料齐全。"),
    ("方案支撑", 90, "与工程师一起为{name}准备互联网专线方案与报价。"),
    ("故障协调", 45, "{name}反映会议室信号弱，已协调网络维护到场测试。"),
    ("投诉处理", 25, "{name}对漫游资费有疑问，已解释并约定下月回访。"),
    ("客户走访", 50, "陪同主管走访{name}，了解年度采购计划。"),
)
"""Class, minutes and words; ``{name}`` is the customer."""
UNBOUND = (
    ("会议培训", 120, "参加地市大客户中心月度例会。"),
    ("其他工作", 40, "整理本月走访资料并归档。"),
)
"""Class, minutes and words of work without a customer."""
