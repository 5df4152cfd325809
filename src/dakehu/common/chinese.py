"""Search text of Chinese names: the name, its pinyin and its initials (promise 7)."""

from functools import cache, lru_cache

from pypinyin import Style, pinyin_dict
from pypinyin.style import convert

# Characters that are read otherwise as a surname than in running text.
SURNAMES = {
    "单": "shan", "解": "xie", "乐": "yue", "曾": "zeng", "仇": "qiu", "查": "zha", "区": "ou",
    "朴": "piao", "任": "ren", "盖": "ge", "尉": "wei", "召": "shao", "华": "hua", "覃": "qin",
    "缪": "miao", "种": "chong", "翟": "zhai", "冼": "xian", "员": "yun", "折": "she",
}  # fmt: skip


@cache
def reading(character: str) -> str:
    """Return the pinyin of one character in its commonest reading; others stay as they are."""
    readings = pinyin_dict.pinyin_dict.get(ord(character))
    if not readings:
        return character.lower()
    return str(convert(readings.split(",")[0], Style.NORMAL, strict=False))


def readings(name: str) -> list[str]:
    """Return the pinyin of every character of a name; the first is read as a surname."""
    spelled = [reading(character) for character in name]
    if name and name[0] in SURNAMES:
        spelled[0] = SURNAMES[name[0]]
    return spelled


@lru_cache(maxsize=200_000)
def name_text(name: str) -> str:
    """Return what a search compares a name with: the name, its pinyin, its initials, lower case.

    Kept for names met before: the files of a night repeat the same names many times.
    """
    spelled = readings(name)
    initials = "".join(word[:1] for word in spelled)
    return f"{name} {''.join(spelled)} {initials}".lower()


def search_text(number: str, name: str) -> str:
    """Return what a search compares with: number, name, pinyin and initials, lower case."""
    return f"{number.lower()} {name_text(name)}"


def search_words(typed: str) -> list[str]:
    """Return the words of a search as they are compared: lower case, at most five."""
    return typed.lower().split()[:5]
