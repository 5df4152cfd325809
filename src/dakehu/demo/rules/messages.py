"""What the people of the demonstration write to their customers."""

MESSAGES = (
    ("SERVICE", "您申报的专线质差已处理完毕，线路指标恢复正常。如仍有问题请随时联系我。"),
    ("SERVICE", "贵单位的月度账单已出，明细可在自助网站查询，如有疑问请与我联系。"),
    ("CARE", "感谢贵单位一直以来的信任，节日将至，祝您和同事们工作顺利、阖家安康。"),
    ("SERVICE", "明日上午九点半，工程师将按约到贵单位机房检修，请安排人员接待。"),
    ("MARKETING", "企业云专线本月体验名额开放，如需了解方案，回复本短信即可由我上门介绍。"),
)
"""Purpose and words, one after the other."""

WITHDRAWN_EVERY = 6
"""One message of so many is taken back before it leaves."""

REFUSALS = (
    ("MARKETING", "CALL", "来电表示不需要推广信息"),
    ("", "REPLY", "短信回复退订"),
)
"""Purpose (none: any), where it is known from, note."""
