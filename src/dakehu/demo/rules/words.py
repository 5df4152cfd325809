"""The words of the drawn province: places, people, plans, products and what managers write.

Places and companies are invented. A tuple's order is part of the drawing: append, do not insert.
"""

PROVINCE = "江岚省"


def each(text: str) -> tuple[str, ...]:
    """Return the words of ``text``."""
    return tuple(text.split())


# City and its districts; the first city is the capital.
PLACES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("岚州市", ("城东区", "城西区", "高新区", "滨江区")),
    ("云泽市", ("云溪区", "南湖区", "清河县")),
    ("青屏市", ("屏山区", "开发区", "石门县")),
    ("望海市", ("海港区", "新城区")),
    ("平陵市", ("陵阳区", "平安县", "太和县")),
    ("沧浪市", ("沧东区", "沧西区", "永兴县")),
    ("金桥市", ("桥南区", "桥北区")),
    ("雁门市", ("雁北区", "关城区", "宁远县")),
    ("芦洲市", ("芦城区", "白沙县")),
    ("玉田市", ("玉山区", "田家区", "长乐县")),
    ("临溪市", ("溪口区", "临江县")),
)
SPARE_CITY = ("新{number}市", ("中心区", "城郊区"))

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
DOUBLE_SURNAMES = ("欧阳", "上官", "诸葛", "司马", "尉迟")

GIVEN_MALE = each(
    "伟 强 磊 军 勇 杰 涛 超 明 刚 平 辉 鹏 华 飞 波 斌 宇 浩 凯 健 俊 帆 帅 旭 宁 龙 林 "
    "峰 亮 建国 建华 建军 志强 志明 志刚 国强 国庆 文军 文斌 海涛 海波 晓东 晓明 振华 "
    "振宇 立新 立军 子轩 浩然 宇航 俊杰 家豪 天佑 一鸣 嘉诚 博文 思远 明哲 泽宇 俊熙 梓豪 "
    "承志 永强 德胜 春生 卫东 红兵 长江 新民 福生 金山 玉林 光辉 世杰 少华 继东 学军 庆元 "
    "景明 𠮷 㛃 䶮"
)
GIVEN_FEMALE = each(
    "芳 娜 敏 静 丽 艳 娟 霞 燕 玲 婷 雪 慧 莹 倩 洁 颖 琳 欣 琴 梅 兰 萍 红 云 洋 佳 蕾 "
    "薇 月 秀英 桂英 秀兰 玉兰 桂兰 秀珍 淑珍 玉梅 丽华 丽娟 晓燕 晓红 海燕 春梅 雪梅 "
    "文静 雅婷 思雨 欣怡 梦琪 子涵 雨桐 诗涵 佳怡 可馨 若曦 语嫣 美玲 小芳 建英 爱华 惠敏 "
    "亚男 巧玲 春燕 冬梅 红霞 金凤 素芬 彩霞 凤英 月娥 翠兰 瑞雪 静怡 嘉欣 晨曦 㛃 䶮 𠮷"
)
# The three rare characters stand last in both lists.
RARE_NAMES = 3

# Plan, brand, monthly fee in fen; brands as the operator writes them.
BRANDS = ("全球通", "动感地带", "神州行")
PLANS: tuple[tuple[str, int, int], ...] = (
    ("SZX08", 2, 800),
    ("SZX18", 2, 1800),
    ("SZX38", 2, 3800),
    ("DGD28", 1, 2800),
    ("DGD48", 1, 4800),
    ("DGD68", 1, 6800),
    ("QQT58", 0, 5800),
    ("QQT88", 0, 8800),
    ("QQT128", 0, 12800),
    ("QQT188", 0, 18800),
    ("QQT288", 0, 28800),
    ("QQT388", 0, 38800),
    ("QQT588", 0, 58800),
)

CONTRACTS = (
    "预存话费送手机",
    "全球通套餐合约",
    "宽带融合合约",
    "集团优惠合约",
    "积分换机合约",
    "5G升级合约",
)

# A leader of a kind of office, the kind of organisation and its line of business.
OFFICES: tuple[tuple[str, str, str], ...] = (
    ("人民政府", "government", "党政机关"),
    ("公安局", "police_justice", "公安司法"),
    ("财政局", "government", "党政机关"),
    ("人民法院", "police_justice", "公安司法"),
    ("税务局", "government", "党政机关"),
    ("日报社", "media", "新闻传媒"),
    ("人民武装部", "military", "军队"),
    ("教育局", "government", "党政机关"),
    ("第一人民医院", "other", "医疗卫生"),
    ("第一中学", "other", "教育"),
    ("人民检察院", "police_justice", "公安司法"),
    ("广播电视台", "media", "新闻传媒"),
    ("司法局", "police_justice", "公安司法"),
    ("交通运输局", "government", "党政机关"),
    ("中心医院", "other", "医疗卫生"),
    ("职业技术学院", "other", "教育"),
    ("应急管理局", "government", "党政机关"),
    ("市场监督管理局", "government", "党政机关"),
)
FIRM_NAMES = each(
    "华泰 鼎盛 恒信 远大 金源 宏图 瑞丰 东方 新世纪 海川 中联 天成 博远 正大 兴业 安达 "
    "永昌 嘉禾 万通 同济 德隆 凯旋 盛世 长风 蓝天 启明 众合 利民 百川 锦程"
)
FIRMS: tuple[tuple[str, str], ...] = (
    ("钢铁有限公司", "制造业"),
    ("机械制造有限公司", "制造业"),
    ("物流有限公司", "交通物流"),
    ("建筑工程有限公司", "建筑房产"),
    ("置业有限公司", "建筑房产"),
    ("商贸有限公司", "商贸零售"),
    ("农业科技有限公司", "农林牧渔"),
    ("电子科技有限公司", "信息技术"),
    ("软件有限公司", "信息技术"),
    ("大酒店有限公司", "酒店旅游"),
    ("小额贷款有限公司", "金融"),
    ("电力设备有限公司", "能源电力"),
    ("纺织有限公司", "制造业"),
    ("医药有限公司", "医疗卫生"),
)
STREETS = each(
    "人民路 解放路 建设路 和平路 中山路 文化路 新华路 迎宾大道 滨河路 站前街 科技路 学府路"
)

# What a private customer holds, and what an organisation holds.
PERSONAL_PRODUCTS = (
    ("HOME_FAMILY", "我I我家"),
    ("MAIL_139", "139邮箱"),
    ("AGE_REWARD", "网龄回报"),
    ("BROADBAND", "家庭宽带"),
    ("RING_TONE", "彩铃"),
    ("MOBILE_SECRETARY", "移动秘书"),
    ("CALL_GUARD", "来电提醒"),
)
GROUP_PRODUCTS = (
    ("VPMN", "集团V网"),
    ("MAS", "移动代理服务器"),
    ("LEASED_LINE", "互联网专线"),
    ("ADC_OA", "ADC移动办公"),
    ("M2M", "物联网卡"),
    ("GROUP_RING", "集团彩铃"),
    ("VIDEO_MEETING", "云视讯"),
    ("SMS_400", "400短信"),
)

ACTS: tuple[tuple[str, str], ...] = (
    ("上门拜访", "上门拜访客户，了解近期用网情况，客户对服务表示满意"),
    ("上门拜访", "走访集团联系人，介绍专线提速方案，客户表示考虑后答复"),
    ("电话回访", "电话回访，提醒合约即将到期，客户有续约意向"),
    ("电话回访", "回访近期通话减少原因，客户称出差在外"),
    ("电话回访", "电话回访未接通，已发短信告知服务专线"),
    ("业务咨询", "客户咨询国际漫游资费，已详细解答"),
    ("业务咨询", '客户询问"我I我家"成员添加办法，已指导办理'),
    ("业务办理", "为客户办理套餐升档，次月生效"),
    ("业务办理", "协助集团新增V网成员3名"),
    ("投诉处理", "客户反映办公楼信号弱，已转网络部门派单处理"),
    ("投诉处理", "客户对账单有疑问,已逐项核对并致歉"),
    ("节日关怀", "发送节日问候短信，客户回复感谢"),
    ("节日关怀", "送达生日礼品，客户签收"),
)

STAFF_ROLES = (
    ("SUPERVISOR", "SV"),
    ("DISPATCHER", "DP"),
    ("HOTLINE", "HL"),
    ("HALL", "HT"),
    ("TELEPHONE_MANAGER", "TM"),
    ("ACCOUNT_MANAGER", "AM"),
)
