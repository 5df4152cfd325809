"""Where engineers of the demonstration go: what for, when, how far it got; and a signature."""

import math
import struct
import zlib
from dataclasses import dataclass

WAITS, SENT, ACCEPTED, ON_WAY, THERE, SIGNED, RETURNED = range(7)


@dataclass(frozen=True)
class Errand:
    """One errand: what for, days from today, from which minute, how long, of whom, how far."""

    subject: str
    place: str
    day: int
    begins: int
    minutes: int
    engineer: int
    reached: int
    skills: tuple[str, ...] = ()
    purpose: str = "CASE"


ERRANDS: tuple[Errand, ...] = (
    Errand("更换接入光猫并测速", "港湾路 88 号机房", 0, 540, 90, 0, SIGNED, ("专线开通调测",)),
    Errand("专线误码排查", "创业大厦 12 层", 0, 810, 120, 0, ACCEPTED, ("专线开通调测",)),
    Errand("地下车库信号测试", "金融中心 B2", -1, 900, 90, 0, THERE, ("室内分布测试",)),
    Errand("光缆接头盒抢修", "滨河路人井 7 号", 0, 570, 150, 1, THERE, ("光缆抢修",)),
    Errand("会议终端安装", "政务中心 5 层会议室", 0, 870, 90, 1, SENT),
    Errand("仓库扫码信号弱复测", "厂区三号仓库", 0, 600, 120, 2, ON_WAY, ("无线网络优化",)),
    Errand("月度回访与用量讲解", "客户办公室", 0, 930, 60, 2, SENT, purpose="VISIT"),
    Errand("专线中断上门抢修", "国贸大厦弱电井", 0, 960, 60, -1, WAITS, ("光缆抢修",)),
    Errand("电梯信号补点勘察", "新办公楼 1 号电梯", 0, 840, 90, -1, RETURNED, ("室内分布测试",)),
    Errand("资费方案面谈", "客户会议室", 1, 600, 60, -1, WAITS, purpose="FEE_TALK"),
    Errand("网络优化方案沟通", "园区管委会", 1, 870, 90, -1, WAITS, purpose="OPTIMISING"),
    Errand("新门店专线开通", "步行街 16 号", 1, 570, 120, -1, WAITS, ("专线开通调测",)),
)  # fmt: skip
RECORD = "更换设备并测试一小时，带宽与时延达标，现场已讲解注意事项。"
TRIED = "已远程重启并核查配置，链路侧仍有告警。"
TOO_LITTLE = "需现场检查光路并备件更换。"
NO_PART = "缺备件，预计明早到货，请改派有货的同事。"
SUPPORT = "客户需要与财务系统对账，请开发接口并联调。"
LEAVE = "参加技能认证考试"
SIGNERS = ("林先生", "赵女士", "钱主任")


def signature_picture(width: int = 360, height: int = 120) -> bytes:
    """Return a handwritten line as a PNG picture."""
    rows = [bytearray(b"\xff" * width) for _row in range(height)]
    for step in range(20, (width - 20) * 4):
        x = step / 4
        swing = math.sin(x / 13) * math.cos(x / 47) * height * 0.3
        middle = round(height / 2 + swing)
        for y in range(middle - 1, middle + 2):
            rows[y][int(x)] = 40
    raw = b"".join(b"\0" + bytes(row) for row in rows)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(raw)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk_of(kind, data) for kind, data in parts)


def chunk_of(kind: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG picture."""
    crc = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)
