"""Rows as the cities deliver them: tuples in the column order of an interface."""

from typing import Any

from dakehu.facts.interfaces import INTERFACES

TYPICAL: dict[str, dict[str, Any]] = {
    "subscriber": {
        "sub_id": "01S1",
        "msisdn": "13800000001",
        "name": "张伟",
        "city_id": "01",
        "brand": "全球通",
        "managed": 1,
        "status": 0,
    },
    "group": {
        "group_no": "01G1",
        "name": "滨海港务集团",
        "city_id": "01",
        "org_kind": "enterprise",
    },
    "month": {"sub_id": "01S1", "ym": 202602, "revenue_fen": 18_800},
    "group_month": {"group_no": "01G1", "ym": 202602, "revenue_fen": 990_000},
    "subscription": {"owner_kind": "subscriber", "owner_no": "01S1", "product_code": "P1"},
    "service_log": {
        "log_no": "L1",
        "manager_no": "NO-manager",
        "at": "2026-02-27T11:00:00+08:00",
        "customer_kind": "subscriber",
        "customer_no": "01S1",
        "category": "回访",
        "content": "电话回访，客户满意",
    },
}


def row(interface: str, **values: Any) -> tuple[Any, ...]:
    """Return a typical row of an interface with some values of its own."""
    given = {**TYPICAL[interface], **values}
    names = INTERFACES[interface].names
    assert given.keys() <= set(names), given.keys() - set(names)
    return tuple(given.get(name) for name in names)
