"""Schemes in files: reading one that somebody made, writing one down (T20, T24)."""

from importlib import resources

from django.utils.translation import gettext as _

from dakehu.people.queries import cities
from dakehu.tiering.choices import SchemeKind
from dakehu.tiering.errors import UnableToChangeRules
from dakehu.tiering.models import RuleSet
from dakehu.tiering.queries.measures import known_to_rules
from dakehu.tiering.queries.schemes import levels_of
from dakehu.tiering.queries.wording import fault_words
from dakehu.tiering.rules.packs import Pack, PackLevel, read_document, read_pack
from dakehu.tiering.rules.writing import pack_text

MOST_BYTES = 256 * 1024


def shipped_text(name: str) -> str:
    """Return the text of a pack that comes with Dakehu; not all are taken in by themselves."""
    return (resources.files("dakehu.tiering") / "packs" / name).read_text(encoding="utf-8")


def pack_in(content: bytes) -> Pack:
    """
    Return the scheme that a YAML file describes.

    :raises UnableToChangeRules: if there is any fault: a line of words for each.
    """
    if len(content) > MOST_BYTES:
        raise UnableToChangeRules(_("The file is too long for rules. Choose another one."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnableToChangeRules(_("The file is not UTF-8. Save it as UTF-8.")) from error
    data = read_document(text).data
    kind = str(data.get("kind", "")).upper() if isinstance(data, dict) else ""
    known = known_to_rules(kind if kind in SchemeKind.values else SchemeKind.GROUP)
    pack, faults = read_pack(text, known, tuple(cities()))
    if pack is None:
        raise UnableToChangeRules("\n".join(map(fault_words, faults)))
    if "levels" not in pack.body:
        raise UnableToChangeRules(_("The file has no rules of levels. Begin with a shipped pack."))
    return pack


def text_of(rule_set: RuleSet) -> str:
    """Return a version of the rules with its scheme as YAML."""
    scheme = rule_set.scheme
    levels = (
        PackLevel(each.rank, each.name, each.name_en, each.purpose, each.purpose_en)
        for each in levels_of(scheme)
    )
    return pack_text(
        Pack(
            code=scheme.code,
            name=scheme.name,
            name_en=scheme.name_en,
            kind=scheme.kind,
            levels=tuple(levels),
            body=rule_set.body,
            purpose=scheme.purpose,
            purpose_en=scheme.purpose_en,
            position=scheme.position,
            evaluation_day=scheme.evaluation_day,
            with_prospects=scheme.with_prospects,
        )
    )
