"""
Which customers may be the same, and what speaks for it (V4).

Names are compared as the core of what they say: without the form of the organisation, without
signs, in one width. Two cores are alike if few letters are missing and none of those that tell
organisations apart. Nothing is certain but an identity number; the thresholds are data below,
each with its reason, and people decide.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from dakehu.common.chinese import readings
from dakehu.customers.values import Traits

INDIVIDUAL, GROUP, PROSPECT = "INDIVIDUAL", "GROUP", "PROSPECT"

# What an organisation is in law does not tell it apart; the longest are taken off first.
FORMS = tuple(
    sorted(
        ("股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "集团公司", "总公司",
         "集团", "公司", "股份"),
        key=len, reverse=True,
    )
)  # fmt: skip
# Letters that tell one school, branch or district from the next: a first is not a second.
TELLING = frozenset("0123456789一二三四五六七八九十百东西南北甲乙丙丁")
# Shorter cores are names of people or of shops, and thousands share them.
SHORTEST_ORGANISATION = 4
SHORTEST_ADDRESS = 6
PREFIXES = ("0086", "86")
MOBILE_DIGITS = 11
GRAM = 2
EDGE = "\0"


@dataclass(frozen=True)
class Evidence:
    """A combination of traits that agree, how much it says out of a hundred, and why."""

    traits: frozenset[str]
    score: int
    reason: str


EVIDENCE: tuple[Evidence, ...] = tuple(
    Evidence(frozenset(traits), score, reason)
    for traits, score, reason in (
        (("identity",), 100, "an identity number belongs to one person"),
        (("phone", "name"), 98, "same number, same name"),
        (("phone", "alike"), 96, "same number, a letter of the name forgotten"),
        (("phone", "sound"), 96, "same number, a name written as it was heard"),
        (("name", "address"), 95, "same name at the same place; also for people"),
        (("organisation", "name", "city"), 92, "organisations do not share a name in one city"),
        (("alike", "address"), 90, "a letter forgotten, at the same place"),
        (("sound", "address"), 90, "a name as it was heard, at the same place"),
        (("organisation", "sound", "city"), 85, "homophones are the commonest typing mistake"),
        (("organisation", "alike", "city"), 82, "a letter of a long name forgotten"),
        (("phone",), 80, "numbers are passed on and shared, but seldom"),
        (("organisation", "name"), 60, "another city: branches and schools share names"),
    )
)
"""What speaks for two customers being the same; of all that fit, the first counts."""

PROPOSED_FROM = 80
"""The night proposes pairs from here on: what is weaker was wrong more often than right."""

WARNED_FROM = 60
"""Whoever enters a customer is told from here on: a look costs little before it is saved."""

SIGNS = re.compile(r"\d+|[零一二三四五六七八九十百]+|[东南西北](?=[路街道大])")
"""What tells one house or street of an address from the next."""

ALIKE_ADDRESS = 85
"""Addresses agree from this ratio on: a room or a building may be missing, not a street."""

EDITS: Mapping[int, int] = MappingProxyType({6: 1, 12: 2})
"""How many letters may be missing or too many, by the least length of the longer core.

A letter in place of another is one missing and one too many: in Chinese it is mostly another
organisation (公安局, 公路局), unless it sounds the same, which is evidence of its own.
"""


@dataclass(frozen=True)
class Pair:
    """Two customers that may be the same: the numbers, the score, and what agrees how well."""

    first: int
    second: int
    score: int
    reasons: Mapping[str, int]


def may_be_merged(first: str, second: str) -> bool:
    """
    Tell whether two kinds of customers may be one.

    Never two individuals: each is a number that the city's billing knows, and one person may
    have several.
    """
    return PROSPECT in {first, second} or (first == second == GROUP)


@lru_cache(maxsize=200_000)
def core_of(name: str) -> str:
    """Return what a name says apart from its legal form; the name itself if nothing is left."""
    plain = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", name).lower()))
    core = plain
    while ending := next((form for form in FORMS if core.endswith(form)), ""):
        core = core.removesuffix(ending)
    return core or plain


@lru_cache(maxsize=200_000)
def sound_of(core: str) -> str:
    """Return how a core is read; nothing for one without ideographs."""
    sound = "".join(readings(core))
    return sound if sound != core else ""


def telling_of(core: str) -> str:
    """Return the letters of a core that tell organisations apart."""
    return "".join(letter for letter in core if letter in TELLING)


def digits_of(phone: str) -> str:
    """Return a telephone number without signs and without the prefix of the country."""
    digits = "".join(filter(str.isdigit, phone))
    for prefix in PREFIXES:
        if digits.startswith(prefix) and len(digits) - len(prefix) == MOBILE_DIGITS:
            return digits.removeprefix(prefix)
    return digits


def signs_of(address: str) -> list[str]:
    """
    Return the signs in an address that tell neighbours apart, in order.

    Those are its numbers, and the points of the compass in the names of its streets.
    """
    return SIGNS.findall(address)


def plain_address(address: str) -> str:
    """Return the letters and digits of an address."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", address)))


@cache
def edits_for(length: int) -> int:
    """Return how many letters may be missing between two cores, the longer of that length."""
    return max((edits for least, edits in EDITS.items() if length >= least), default=0)


@dataclass(frozen=True, slots=True)
class Compared:
    """What is compared of a customer, worked out once: a scan compares each with many."""

    kind: str
    identity: str
    phone: str
    core: str
    sound: str
    telling: str
    address: str
    city: str

    @classmethod
    def of(cls, traits: Traits) -> "Compared":
        """Return what is compared of a customer with these traits."""
        core = core_of(traits.name)
        return cls(
            kind=traits.kind,
            identity=traits.identity.upper(),
            phone=digits_of(traits.phone),
            core=core,
            sound=sound_of(core),
            telling=telling_of(core),
            address=plain_address(traits.address),
            city=traits.city,
        )


def agreements(one: Compared, other: Compared) -> dict[str, int]:
    """
    Return the traits in which two customers agree, each with how well out of a hundred.

    An address alone says nothing: many live in one house.
    """
    found: dict[str, int] = {}
    if one.identity and one.identity == other.identity:
        found["identity"] = 100
    if one.phone and one.phone == other.phone:
        found["phone"] = 100
    if one.core and other.core:
        found.update(name_agreement(one, other))
    if found and min(len(one.address), len(other.address)) >= SHORTEST_ADDRESS:
        ratio = round(fuzz.ratio(one.address, other.address))
        if ratio >= ALIKE_ADDRESS and is_same_place(one.address, other.address):
            found["address"] = ratio
    return found


def is_same_place(one: str, other: str) -> bool:
    """Tell whether no sign speaks against it: one address may say more than the other."""
    pairs = zip(signs_of(one), signs_of(other), strict=False)
    return all(mine == theirs for mine, theirs in pairs)


def name_agreement(one: Compared, other: Compared) -> dict[str, int]:
    """Return how two cores agree: as the same, as sounding the same, or as alike."""
    if one.core == other.core:
        return {"name": 100}
    if one.sound and one.sound == other.sound:
        return {"sound": 100}
    if one.telling != other.telling:
        return {}
    longest = max(len(one.core), len(other.core))
    edits = edits_for(longest)
    if abs(len(one.core) - len(other.core)) > edits:
        return {}
    distance = Indel.distance(one.core, other.core, score_cutoff=edits)
    return {"alike": round(100 * (longest - distance) / longest)} if distance <= edits else {}


def likeness(one: Traits, other: Traits) -> tuple[int, dict[str, int]]:
    """Return how much speaks for two customers being the same, and what agrees; 0 for nothing."""
    return compare(Compared.of(one), Compared.of(other))


def compare(one: Compared, other: Compared) -> tuple[int, dict[str, int]]:
    """Return how much speaks for two customers being the same, and what agrees; 0 for nothing."""
    found = agreements(one, other)
    if not found:
        return 0, found
    told = set(found)
    if one.city and one.city == other.city:
        told.add("city")
    if min(len(one.core), len(other.core)) >= SHORTEST_ORGANISATION:
        told.add("organisation")
    return next((each.score for each in EVIDENCE if each.traits <= told), 0), found


def find_pairs(customers: Mapping[int, Traits], *, least: int) -> Iterator[Pair]:
    """
    Yield the pairs that may be merged and of which at least ``least`` speaks for being the same.

    Only customers that share a key are compared (:func:`keys_of`); whatever has a score shares
    one, so that nothing is missed that comparing all with all would find.
    """
    known = {number: Compared.of(customers[number]) for number in sorted(customers)}
    ranks = rarity(each.core for each in known.values())
    keys = {number: keys_of(each, ranks) for number, each in known.items()}
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, held in keys.items():
        for key in held:
            blocks[key].append(number)
    for first, one in known.items():
        others: set[int] = set()
        for key in keys[first]:
            block = blocks[key]
            others.update(block[bisect_right(block, first) :])
        for second in sorted(others):
            other = known[second]
            score, found = compare(one, other)
            if score >= least and may_be_merged(one.kind, other.kind):
                yield Pair(first, second, score, MappingProxyType(found))


def rarity(cores: Iterable[str]) -> Mapping[tuple[str, int], int]:
    """Return how often each gram of the cores occurs."""
    counts: Counter[tuple[str, int]] = Counter()
    for core in cores:
        counts.update(grams_of(core))
    return counts


def grams_of(core: str) -> list[tuple[str, int]]:
    """Return the pairs of neighbouring letters of a core, edges included, numbered if repeated."""
    padded = f"{EDGE}{core}{EDGE}"
    seen: Counter[str] = Counter()
    grams = []
    for place in range(len(padded) - 1):
        gram = padded[place : place + GRAM]
        seen[gram] += 1
        grams.append((gram, seen[gram]))
    return grams


def keys_of(compared: Compared, ranks: Mapping[tuple[str, int], int]) -> set[tuple[str, str]]:
    """
    Return the keys under which a customer is compared with others.

    A letter that is missing spoils at most two grams. Of two cores that lack k letters the 2k+1
    rarest grams of one therefore meet those of the other, whatever the order of rarity, as long
    as it is one order for all.
    """
    keys: set[tuple[str, str]] = set()
    if compared.identity:
        keys.add(("identity", compared.identity))
    if compared.phone:
        keys.add(("phone", compared.phone))
    core = compared.core
    if not core:
        return keys
    keys.add(("name", core))
    if compared.sound:
        keys.add(("sound", compared.sound))
    # The longer of two alike cores may be two letters longer than this one.
    if edits := edits_for(len(core) + max(EDITS.values())):
        rarest = sorted(grams_of(core), key=lambda gram: (ranks.get(gram, 0), gram))
        keys.update(("gram", f"{gram}{number}") for gram, number in rarest[: GRAM * edits + 1])
    return keys
