"""A scheme as text that people write: what :mod:`dakehu.tiering.rules.packs` reads (T20)."""

from typing import Any

import yaml

from dakehu.tiering.rules.packs import Pack

PURPOSES = ("purpose", "purpose_en")
MARKED = (*PURPOSES, "position", "evaluation_day", "with_prospects")


def pack_text(pack: Pack) -> str:
    """Return a scheme with its levels and rules as YAML; read again it is the same."""
    data: dict[str, Any] = {
        "code": pack.code,
        "name": pack.name,
        "name_en": pack.name_en,
        "kind": pack.kind.lower(),
        **{name: getattr(pack, name) for name in MARKED if getattr(pack, name)},
    }
    body = dict(pack.body)
    conditions = {each["rank"]: each.get("when") for each in body.pop("levels", ())}
    if "period" in body:
        body["period"] = body["period"].lower()
    data["levels"] = [level_data(each, conditions.get(each.rank)) for each in pack.levels]
    text = yaml.safe_dump(data | body, allow_unicode=True, sort_keys=False, width=100)
    return str(text)


def level_data(level: Any, when: Any) -> dict[str, Any]:
    """Return one level with its condition, if it has one."""
    data = {"rank": level.rank, "name": level.name, "name_en": level.name_en}
    data |= {name: getattr(level, name) for name in PURPOSES if getattr(level, name)}
    return data | ({} if when is None else {"when": when})
