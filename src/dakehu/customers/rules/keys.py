"""The key by which a custom field is known in addresses and files."""

import re
from collections.abc import Set

from dakehu.common.chinese import reading

LONGEST = 30
NAMELESS = "field"


def free_key(label: str, taken: Set[str]) -> str:
    """Return a key made from a label, its pinyin if it is Chinese, that nobody has yet."""
    spelled = "".join(reading(character) for character in label)
    plain = re.sub(r"[^a-z0-9]+", "_", spelled.lower()).strip("_")[:LONGEST] or NAMELESS
    key, number = plain, 2
    while key in taken:
        key, number = f"{plain}_{number}", number + 1
    return key
