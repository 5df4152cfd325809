"""
The eight interfaces of the daily exchange: which columns a row has, what they mean, what is a key.

These are values: the intake checks deliveries against them, the fact store names its folders
after them, the engines read their columns.  Units stand in the column names: ``_s`` seconds,
``_fen`` 1/100 yuan, ``_kb`` kilobytes, ``_cnt`` and plain plurals counts (capability F5).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

SECONDS_OF_A_DAY = 86_400
USAGE_STATES = (0, 1, 3, 4)
"""The states a subscriber can be in: active, stopped, lost, pre-deregistered."""


class Kind(StrEnum):
    """What a column holds; decides how its text is checked and how it is stored."""

    TEXT = "text"
    INTEGER = "integer"
    DATE = "date"
    MONTH = "month"
    INSTANT = "instant"


@dataclass(frozen=True)
class Column:
    """
    One column: its name, its kind, the largest value it may hold, the values it may take.

    ``is_prose`` marks a text that people write at length, where others name or number something.
    """

    name: str
    kind: Kind
    limit: int | None = None
    allowed: tuple[int, ...] = ()
    is_prose: bool = False

    @property
    def sql_type(self) -> str:
        """The DuckDB type under which the column rests in Parquet."""
        return SQL_TYPES[self.kind]


SQL_TYPES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.TEXT: "VARCHAR",
        Kind.INTEGER: "BIGINT",
        Kind.DATE: "DATE",
        Kind.MONTH: "INTEGER",
        Kind.INSTANT: "VARCHAR",
    }
)


@dataclass(frozen=True)
class Interface:
    """
    One interface of the exchange contract.

    ``key`` says when two rows are the same row, and is the order at rest where no prose is.
    ``required`` are the columns that may not be empty; they are the key unless said otherwise.
    ``subscriber_column`` is set where a row must belong to a known subscriber of its city.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    required: tuple[str, ...]
    day_column: str | None = None
    city_column: str | None = None
    subscriber_column: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The column names in the order of the contract."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """
        Look one column up by name.

        :raises KeyError: if the interface has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def parts(self) -> tuple[str, ...]:
        """The files of one partition at rest: usage keeps managed subscribers apart."""
        return ("managed", "rest") if self.name == "usage" else ("data",)


def _texts(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, Kind.TEXT) for name in names)


def _integers(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, Kind.INTEGER) for name in names)


def _seconds(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, Kind.INTEGER, limit=SECONDS_OF_A_DAY) for name in names)


def _date(name: str) -> Column:
    return Column(name, Kind.DATE)


_STATUS = Column("status", Kind.INTEGER, allowed=USAGE_STATES)

USAGE = Interface(
    name="usage",
    columns=(
        _date("day"),
        *_texts("sub_id", "city_id", "plan_id"),
        *_seconds("voice_onnet_s", "voice_offnet_s", "voice_fixed_s"),
        *_seconds("voice_toll_s", "voice_roam_s"),
        *_integers("out_calls", "in_calls", "offnet_calls", "distinct_callees"),
        *_integers("hotline_calls", "fwd_onnet_calls", "fwd_offnet_calls"),
        *_integers("sms_out", "sms_in", "data_kb", "recharge_cnt", "recharge_fen"),
        *_integers("charge_fen", "balance_fen", "credit_used_fen", "arrears_fen"),
        _STATUS,
        *_integers("event_mask", "complaints", "imei_changed"),
    ),
    key=("sub_id", "day"),
    required=("sub_id", "day"),
    day_column="day",
    city_column="city_id",
    subscriber_column="sub_id",
)

SUBSCRIBER = Interface(
    name="subscriber",
    columns=(
        *_texts("sub_id", "msisdn", "name", "city_id", "district", "brand", "plan_id", "gender"),
        _date("birth_date"),
        *_texts("birth_calendar"),
        _date("open_date"),
        *_texts("contract_name"),
        _date("contract_end"),
        *_integers("credit_limit_fen", "level", "managed"),
        *_texts("manager_no", "group_no"),
        _STATUS,
    ),
    key=("sub_id",),
    required=("sub_id",),
    city_column="city_id",
)

MONTH = Interface(
    name="month",
    columns=(
        *_texts("sub_id"),
        Column("ym", Kind.MONTH),
        *_integers("revenue_fen", "arrears_fen", "arrears_days"),
    ),
    key=("sub_id", "ym"),
    required=("sub_id", "ym"),
    subscriber_column="sub_id",
)

GROUP = Interface(
    name="group",
    columns=(
        *_texts("group_no", "name", "city_id", "district", "industry", "org_kind"),
        *_texts("admin_level", "tax_rank", "strategic"),
        *_integers("employees"),
        *_texts("address", "manager_no"),
    ),
    key=("group_no",),
    required=("group_no",),
    city_column="city_id",
)

GROUP_MONTH = Interface(
    name="group_month",
    columns=(
        *_texts("group_no"),
        Column("ym", Kind.MONTH),
        *_integers("revenue_fen", "it_revenue_fen", "it_products"),
    ),
    key=("group_no", "ym"),
    required=("group_no", "ym"),
)

SUBSCRIPTION = Interface(
    name="subscription",
    columns=(
        *_texts("owner_kind", "owner_no", "product_code"),
        _date("since"),
        _date("until"),
    ),
    # A product given up and taken again is held twice, told apart by its start,
    # which a source system does not always know.
    key=("owner_no", "owner_kind", "product_code", "since"),
    required=("owner_no", "owner_kind", "product_code"),
)

SERVICE_LOG = Interface(
    name="service_log",
    columns=(
        *_texts("log_no", "manager_no"),
        Column("at", Kind.INSTANT),
        *_texts("customer_kind", "customer_no", "category"),
        Column("content", Kind.TEXT, is_prose=True),
    ),
    key=("log_no",),
    required=("log_no",),
)

CITY_STAT = Interface(
    name="city_stat",
    columns=(*_texts("stat_code", "dimension"), *_integers("value")),
    # A figure of the whole city has no dimension.
    key=("stat_code", "dimension"),
    required=("stat_code",),
)

INTERFACES: Mapping[str, Interface] = MappingProxyType(
    {
        interface.name: interface
        for interface in (
            # Subscribers come first: usage and month of the same delivery refer to them.
            SUBSCRIBER,
            USAGE,
            MONTH,
            GROUP,
            GROUP_MONTH,
            SUBSCRIPTION,
            SERVICE_LOG,
            CITY_STAT,
        )
    }
)
"""All interfaces by name, in the order in which one delivery is taken in."""
