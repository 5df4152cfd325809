"""Reading a file with rules that somebody wants to try out (T20)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dakehu.people.queries import cities
from dakehu.tiering.errors import UnableToSimulate
from dakehu.tiering.models import RuleSet, Scheme
from dakehu.tiering.queries.measures import known_to_rules
from dakehu.tiering.queries.schemes import schemes_known
from dakehu.tiering.queries.wording import fault_words
from dakehu.tiering.rules.packs import read_document, read_pack

MOST_BYTES = 256 * 1024


@dataclass(frozen=True)
class Tried:
    """Rules to try out: of which scheme, as the records keep rules, and where they came from."""

    scheme: Scheme
    body: dict[str, Any]
    rule_set: RuleSet | None = None
    label: str = ""


def version_tried(rule_set: RuleSet) -> Tried:
    """Return a version of the rules, to try it out."""
    return Tried(rule_set.scheme, rule_set.body, rule_set)


def rules_in(content: bytes, *, name: str) -> Tried:
    """
    Return the rules in a YAML file; its code names the scheme.

    :raises UnableToSimulate: if there is any fault: a line of words for each.
    """
    if len(content) > MOST_BYTES:
        raise UnableToSimulate(_("The file is too long for rules. Choose another one."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnableToSimulate(_("The file is not UTF-8. Save it as UTF-8.")) from error
    document = read_document(text)
    if document.faults:
        raise UnableToSimulate("\n".join(map(fault_words, document.faults)))
    code = document.data.get("code") if isinstance(document.data, dict) else None
    scheme = next((each for each in schemes_known() if each.code == code), None)
    if scheme is None:
        words = _("Line %(line)s: “code” must name a scheme: %(codes)s.")
        codes = ", ".join(each.code for each in schemes_known())
        raise UnableToSimulate(words % {"line": document.line_of(("code",)), "codes": codes})
    pack, faults = read_pack(text, known_to_rules(scheme.kind), tuple(cities()))
    if pack is None:
        raise UnableToSimulate("\n".join(map(fault_words, faults)))
    if "cohort" in pack.body:
        raise UnableToSimulate(_("This file describes a cohort; it has no rules of levels."))
    return Tried(scheme, dict(pack.body), label=name[:200])
