"""What the demonstration asks its customers, and how they answer."""

ANSWERS_EN = "Fast answers\nNetwork quality\nMy manager\nThe price"
"""What there is to choose from, in English."""

QUESTIONS = (
    ("RECOMMEND", "您有多大可能向同行推荐我们的服务？", "Would you recommend us?", "", True),
    ("SATISFIED", "您对最近一次服务的总体满意度？", "How satisfied are you?", "", True),
    (
        "CHOICE",
        "您最看重哪一点？",
        "What matters most?",
        "响应速度\n网络质量\n客户经理\n价格",
        False,
    ),
    ("WORDS", "您还有什么意见或建议？", "Anything else?", "", False),
)
"""Kind, words in both languages, answers to choose from, whether it has to be answered."""

RUNNING = (
    "季度客户满意度调查",
    "Quarterly survey of our customers",
    "尊敬的客户，诚邀您花一分钟评价我们的服务。",
    "One minute for our service.",
)
DRAFTED = (
    "装维服务回访（草稿）",
    "After the installation (draft)",
    "感谢您选择我们的装维服务。",
    "Thank you for choosing us.",
)

GIVEN = (
    (10, 5, 0, "客户经理响应很及时，继续保持。"),
    (9, 5, 2, ""),
    (8, 4, 1, "专线质量稳定，希望升速更快一些。"),
    (9, 4, 0, ""),
    (6, 3, 3, "资费说明不够清楚。"),
    (10, 5, 2, "上门工程师很专业。"),
    (7, 4, 1, ""),
    (3, 2, 0, "故障处理时间太长，没有人主动告知进展。"),
    (9, 5, 1, ""),
    (8, 4, 3, "发票寄送希望改为电子版。"),
)
"""The four answers of one customer after the other."""

UNANSWERED_EVERY = 5
"""One customer of so many has not answered yet."""
