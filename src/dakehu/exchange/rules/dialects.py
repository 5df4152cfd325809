"""
The dialects that senders speak, as data: the contract's own, and the older one of source systems.

A dialect that an operator needs besides is another value here; nothing else changes (F5).
"""

from collections.abc import Mapping
from types import MappingProxyType

from dakehu.exchange.values import CheckForm, Dialect
from dakehu.facts.intake.values import Layout
from dakehu.facts.interfaces import INTERFACES

DAY_LENGTH = 8
MONTH_LENGTH = 6

DAKEHU_1 = Dialect(
    name="dakehu-1",
    data_name=(
        r"(?P<unit>[a-z_]+)_(?P<place>[0-9]{2})_(?P<period>[0-9]{8})_(?P<part>[0-9]{3})\.csv\.gz"
    ),
    check_name=r"manifest_(?P<place>[0-9]{2})_(?P<period>[0-9]{8})_(?P<send>[0-9]{2})\.csv",
    check_form=CheckForm.CSV,
    separators=(b",",),
    quoting=True,
    header=True,
    compressed=True,
    encodings=("utf-8", "gb18030"),
    units=MappingProxyType({(name, DAY_LENGTH): name for name in INTERFACES}),
)

_VERF_STEM = (
    r"(?P<letter>[ais])_(?P<place>[0-9]{5})_(?P<period>[0-9]{8}|[0-9]{6})_(?P<unit>[0-9]{5})"
    r"_(?P<send>[0-9]{2})"
)

# One number can stand for a daily and for a monthly unit; the length of the period tells.
VERF_UNITS: Mapping[tuple[str, int], str] = MappingProxyType(
    {
        ("01002", DAY_LENGTH): "subscriber",
        ("01006", DAY_LENGTH): "group",
        ("01011", DAY_LENGTH): "subscription",
        ("02008", MONTH_LENGTH): "group_month",
        ("02053", DAY_LENGTH): "usage",
        ("02053", MONTH_LENGTH): "month",
        ("03007", DAY_LENGTH): "service_log",
        ("05001", DAY_LENGTH): "city_stat",
    }
)

VERF_DAT = Dialect(
    name="verf-dat",
    data_name=_VERF_STEM + r"_(?P<part>[0-9]{3})\.dat",
    # Newer senders write one check file per part.
    check_name=_VERF_STEM + r"(?:_(?P<part>[0-9]{3}))?\.verf",
    check_form=CheckForm.VERF,
    # 0xE2 0x82 0xAC is what 0x80, the euro sign of GBK, becomes with senders of UTF-8.
    separators=(b"\x80", b"\xe2\x82\xac", b"\t", b"|", b"$"),
    quoting=False,
    header=False,
    compressed=False,
    encodings=("gb18030",),
    units=VERF_UNITS,
    place_is_city=False,
)

VERF_DAT_UTF8 = Dialect(
    name="verf-dat-utf8",
    data_name=VERF_DAT.data_name,
    check_name=VERF_DAT.check_name,
    check_form=VERF_DAT.check_form,
    separators=VERF_DAT.separators[1:],
    quoting=False,
    header=False,
    compressed=False,
    encodings=("utf-8",),
    units=VERF_UNITS,
    place_is_city=False,
)

DIALECTS: Mapping[str, Dialect] = MappingProxyType(
    {dialect.name: dialect for dialect in (DAKEHU_1, VERF_DAT, VERF_DAT_UTF8)}
)


def layout_of(dialect: Dialect, interface: str, *, separator: bytes) -> Layout:
    """Say how rows of an interface stand in the files of a dialect."""
    return Layout(
        columns=dialect.columns.get(interface, INTERFACES[interface].names),
        separator=separator,
        quoting=dialect.quoting,
        header=dialect.header,
        compressed=dialect.compressed,
    )


def encoding_of(dialect: Dialect, separator: bytes) -> str:
    """Say in which encoding a sender of this separator writes, where no manifest says it."""
    return "utf-8" if separator == b"\xe2\x82\xac" else dialect.encodings[0]
