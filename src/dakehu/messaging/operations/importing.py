"""Articles from a spreadsheet: each row a draft, which a second person publishes as any other."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dakehu.audit.fields import CodesField
from dakehu.common.spreadsheets import CellKind
from dakehu.messaging.choices import WORKING, ArticleState, Channel
from dakehu.messaging.errors import UnableToKeepArticle
from dakehu.messaging.models import LONGEST_BODY, ArticleVersion
from dakehu.messaging.operations.articles import (
    TEXTS,
    draft_article,
    refuse_past,
    revise_article,
    save_draft,
    withdraw_version,
)
from dakehu.messaging.policies import WRITE
from dakehu.messaging.queries import channel_words, kept_versions
from dakehu.people.queries import product_names
from dakehu.ui.imports import (
    Act,
    Draft,
    Found,
    ImportField,
    ImportScreen,
    refusing,
)

if TYPE_CHECKING:
    from dakehu.people.models import Staff

APART = re.compile(r"[,，、;；/\n]+")
WRITTEN = (*TEXTS, "reason")


def products_meant(actor: "Staff", texts: Collection[str]) -> Mapping[str, Sequence[str]]:
    """Return the products that texts may mean, by code, else by name."""
    names = product_names()
    named: dict[str, list[str]] = defaultdict(list)
    for code, name in names.items():
        named[name].append(code)
    return {text: [text] if text in names else named.get(text, []) for text in texts}


def channels_meant(actor: "Staff", texts: Collection[str]) -> Mapping[str, Sequence[str]]:
    """Return what texts that name channels mean, as it is stored; nothing where one is strange."""
    known = {str(code).lower(): str(code) for code in Channel.values}
    for language, _name in settings.LANGUAGES:
        with override(language):
            known |= {str(label).lower(): str(code) for code, label in Channel.choices}
    found: dict[str, Sequence[str]] = {}
    for text in texts:
        words = [word.strip().lower() for word in APART.split(text) if word.strip()]
        codes = {known.get(word, "") for word in words}
        in_order = [code for code in Channel.values if code in codes]
        found[text] = [CodesField.text_of(in_order)] if codes and "" not in codes else ()
    return found


FIELDS = (
    ImportField(
        "number",
        pgettext_lazy("of an article", "Number"),
        key=True,
        longest=20,
        help_text=_("As an export has it; empty for a new article."),
    ),
    ImportField(
        "title",
        _("Title"),
        key=True,
        required=True,
        longest=120,
        help_text=_("A known article of the same title is written anew, not a second time."),
        example="专线中断时如何答复客户",
    ),
    ImportField("topic", _("Topic"), required=True, longest=40, example="故障受理"),
    ImportField("keywords", _("Keywords"), longest=200, example="断网 抢修"),
    ImportField(
        "product_code",
        _("Product"),
        CellKind.REFERENCE,
        lookup=products_meant,
        help_text=_("Its name or its code."),
    ),
    ImportField(
        "channels",
        _("Channels"),
        CellKind.REFERENCE,
        lookup=channels_meant,
        help_text=_("Who may read it, separated by commas; empty if everybody may."),
        example=Channel.HOTLINE.label,
    ),
    ImportField(
        "body",
        _("What is said"),
        required=True,
        longest=LONGEST_BODY,
        example="先问清专线编号，再转抢修班。",
    ),
    ImportField("valid_until", _("Valid until"), CellKind.DATE),
    ImportField("reason", pgettext_lazy("of a version", "What is new"), longest=300),
)


def find(actor: "Staff", drafts: Sequence[Draft]) -> list[int | None]:
    """
    Return the versions that rows mean, by the number of their article or else by the title.

    It is what the article says at present; of one that was never published, the draft.
    """
    named: dict[str, set[int]] = defaultdict(set)
    said: dict[int, tuple[bool, int]] = {}
    rows = kept_versions(actor).exclude(state=ArticleState.WITHDRAWN).select_related(None)
    for pk, article, title, state in rows.values_list("pk", "article_id", "title", "state"):
        named[title].add(article)
        told = (state == ArticleState.PUBLISHED, pk)
        said[article] = max(told, said.get(article, told))
    found: list[int | None] = []
    for draft in drafts:
        meant = meant_by(draft, named, set(said))
        if len(meant) > 1:
            words = gettext("several articles have this title. Write the number of the one meant")
            draft.refuse("title", words)
        found.append(said[meant.pop()][1] if len(meant) == 1 else None)
    return found


def meant_by(draft: Draft, named: Mapping[str, set[int]], known: set[int]) -> set[int]:
    """Return the articles that a row may mean; a number that no kept article has is refused."""
    number = draft.values.get("number")
    if not number:
        return set(named.get(draft.values.get("title", ""), ()))
    digits = number[1:] if number[:1] in "Kk" else number
    meant = int(digits) if digits.isascii() and digits.isdigit() else 0
    if meant in known:
        draft.values["number"] = f"K{meant:05d}"
        return {meant}
    words = gettext("there is no such article, or it was withdrawn. Leave the number empty")
    draft.refuse("number", words)
    return set()


def current(actor: "Staff", numbers: Collection[int]) -> Mapping[int, Found]:
    """Return versions as they stand."""
    rows = kept_versions(actor).exclude(state=ArticleState.WITHDRAWN).filter(pk__in=numbers)
    return {row.pk: found_of(row) for row in rows}


def found_of(version: ArticleVersion) -> Found:
    """Return one version as it stands."""
    values = {name: getattr(version, name) for name in WRITTEN}
    values["number"] = version.article.number
    shown = {
        "product_code": version.product_code,
        "channels": lazy(lambda: gettext(", ").join(channel_words(version)), str)(),
    }
    return Found(version.pk, values, name=version.title, version=version.version, shown=shown)


def check(actor: "Staff", drafts: Sequence[Draft], at: datetime) -> None:
    """Refuse what would change a version that somebody else has in hand."""
    met = {draft.found.pk: draft for draft in drafts if draft.found}
    rows = ArticleVersion.objects.filter(pk__in=met)
    articles = dict(rows.values_list("article_id", "pk"))
    worked_on = ArticleVersion.objects.filter(article__in=articles, state__in=WORKING)
    for article, pk, state in worked_on.values_list("article_id", "pk", "state"):
        said = articles[article]
        if pk != said or state == ArticleState.PROPOSED:
            words = gettext(
                "a version of it is being worked on. Publish or withdraw that one first"
            )
            met[said].refuse("", words)


def save(draft: Draft, act: Act) -> int:
    """
    Draft an article, or write its words anew in a draft.

    A draft that says again what is published is given up: so does who undoes an import.

    :raises UnableToImport: if the operations refuse it.
    """
    values = {name: draft.values[name] for name in WRITTEN if name in draft.values}
    for name in values.keys() - {"valid_until"}:
        values[name] = values[name] or ""
    with refusing(UnableToKeepArticle):
        if draft.found is None:
            fresh = ArticleVersion(**values)
            refuse_past(fresh, on=act.at.date())
            return draft_article(version=fresh, by=act.by, at=act.at, reason=act.reason).pk
        met = ArticleVersion.objects.select_related("article").get(pk=draft.found.pk)
        if met.version != draft.found.version:
            raise UnableToKeepArticle(
                gettext("This version was dealt with meanwhile. Look again.")
            )
        return written_anew(met, values, act).pk


def written_anew(met: ArticleVersion, values: Mapping[str, Any], act: Act) -> ArticleVersion:
    """Return the draft of an article in which some of its words are other ones."""
    version = met
    if met.state != ArticleState.DRAFT:
        version = revise_article(article=met.article, by=act.by, at=act.at, reason=act.reason)
    for name, value in values.items():
        setattr(version, name, value)
    refuse_past(version, on=act.at.date())
    save_draft(draft=version, version=version.version, by=act.by, at=act.at, reason=act.reason)
    published = met.article.versions.filter(state=ArticleState.PUBLISHED).first()
    if published and all(getattr(published, name) == getattr(version, name) for name in TEXTS):
        return withdraw_version(kept=version, by=act.by, at=act.at, reason=act.reason)
    return version


def remove(number: int, act: Act) -> None:
    """
    Give a draft up that an import began; it can be restored.

    :raises UnableToImport: if it was published or withdrawn meanwhile.
    """
    with refusing(UnableToKeepArticle):
        kept = ArticleVersion.objects.get(pk=number)
        withdraw_version(kept=kept, by=act.by, at=act.at, reason=act.reason)


ARTICLES = ImportScreen(
    name="articles",
    title=_("Articles"),
    permission=WRITE,
    fields=FIELDS,
    find=find,
    current=current,
    save=save,
    remove=remove,
    check=check,
    list_name="messaging:article_list",
    help_text=_(
        "Every row becomes a draft, which is read once somebody else publishes it. What is "
        "published stays as it is until then."
    ),
    record_url=lambda pk: reverse("messaging:version", args=[pk]),
)
