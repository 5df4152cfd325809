"""What the pages of articles show."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from dakehu.messaging import queries
from dakehu.messaging.choices import STATE_TONES, WORKING, ArticleState
from dakehu.messaging.policies import PUBLISH, WRITE
from dakehu.messaging.rules import compared
from dakehu.messaging.values import TextLine
from dakehu.people.policies import may
from dakehu.people.queries import product_names

MISSED_SHOWN = 20


@dataclass(frozen=True)
class VersionLine:
    """One version in the history of an article."""

    version: Any
    state: str
    tone: str


@dataclass(frozen=True)
class Votes:
    """How often an article helped, the person's own vote, and whether they can vote."""

    article: Any
    own: Any
    may_vote: bool
    missed: list[Any]


@dataclass(frozen=True)
class ArticlePage:
    """An article as it is read: its words, for whom, until when; for keepers its history."""

    article: Any
    version: Any
    product: str
    channels: list[str]
    state: str
    tone: str
    is_published: bool
    is_over: bool
    may_write: bool
    working: Any
    lines: list[VersionLine]
    votes: Votes


@dataclass(frozen=True)
class VersionPage:
    """One version: where it stands, what it changes, and what the person may do with it."""

    version: Any
    product: str
    channels: list[str]
    state: str
    tone: str
    former: Any
    differences: list[TextLine]
    is_over: bool
    is_own_proposal: bool
    may_edit: bool
    may_publish: bool
    may_withdraw: bool
    may_restore: bool


@dataclass(frozen=True)
class Sheet:
    """A form of an article: its title, where it is sent, the way back."""

    title: str
    form: Any
    back: str


def article_page(actor: Any, article: Any, *, on: date) -> ArticlePage:
    """Gather an article that the actor may read."""
    version = queries.shown_version(article)
    may_write = may(actor, WRITE)
    versions = queries.versions_of(article) if may_write else []
    return ArticlePage(
        article=article,
        version=version,
        product=product_of(version),
        channels=queries.channel_words(version),
        state=version.get_state_display(),
        tone=STATE_TONES[version.state],
        is_published=version.state == ArticleState.PUBLISHED,
        is_over=is_over(version, on),
        may_write=may_write,
        working=next((each for each in versions if each.state in WORKING), None),
        lines=[
            VersionLine(each, each.get_state_display(), STATE_TONES[each.state])
            for each in versions
        ],
        votes=votes_of(actor, article, version, on=on),
    )


def votes_of(actor: Any, article: Any, version: Any, *, on: date) -> Votes:
    """Gather the votes on an article that the actor may read."""
    is_read = version.state == ArticleState.PUBLISHED and not is_over(version, on)
    missed = list(queries.missed_in(article).order_by("-at")[:MISSED_SHOWN])
    return Votes(
        article=article,
        own=queries.vote_of(actor, article),
        may_vote=is_read,
        missed=missed if may(actor, WRITE) else [],
    )


def version_page(actor: Any, version: Any, *, on: date) -> VersionPage:
    """Gather one version for those who keep articles."""
    others = queries.versions_of(version.article)
    former = next((each for each in others if each.number < version.number), None)
    state, may_write = version.state, may(actor, WRITE)
    is_own = version.proposed_by_id == actor.pk
    return VersionPage(
        version=version,
        product=product_of(version),
        channels=queries.channel_words(version),
        state=version.get_state_display(),
        tone=STATE_TONES[state],
        former=former,
        differences=compared(former.body, version.body) if former else [],
        is_over=is_over(version, on),
        is_own_proposal=state == ArticleState.PROPOSED and is_own,
        may_edit=may_write and state == ArticleState.DRAFT,
        may_publish=may(actor, PUBLISH) and state == ArticleState.PROPOSED and not is_own,
        may_withdraw=may_write and state in {*WORKING, ArticleState.PUBLISHED},
        may_restore=may_write and state == ArticleState.WITHDRAWN,
    )


def is_over(version: Any, on: date) -> bool:
    """Tell whether the last day of a version's validity has passed."""
    return bool(version.valid_until and version.valid_until < on)


def product_of(version: Any) -> str:
    """Return the name of the product that a version is about, if it is about one."""
    code = version.product_code
    return product_names().get(code, code)
