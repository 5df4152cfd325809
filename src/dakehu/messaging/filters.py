"""Filters of the lists of articles."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from dakehu.messaging import queries
from dakehu.messaging.choices import ArticleState, Channel
from dakehu.people.queries import product_names

OVER = "over"
KEPT_STATES = [pair for pair in ArticleState.choices if pair[0] != ArticleState.REPLACED]


class TopicFilter(django_filters.ChoiceFilter):
    """One of the topics that articles have."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Topic"),
            empty_label=_("All"),
            choices=lambda: [(each, each) for each in queries.topics()],
            **options,
        )


class ArticleFilter(django_filters.FilterSet):
    """Articles by words, topic, product and channel."""

    words = django_filters.CharFilter(
        label=_("Words, pinyin or initials"), max_length=60, method="filter_words"
    )
    topic = TopicFilter()
    product_code = django_filters.ChoiceFilter(
        label=_("Product"),
        empty_label=_("All"),
        choices=lambda: sorted(product_names().items(), key=lambda pair: pair[1]),
    )
    channel = django_filters.ChoiceFilter(
        label=_("Channel"),
        empty_label=_("All"),
        choices=Channel.choices,
        method="filter_channel",
    )

    def filter_words(self, rows: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
        found: QuerySet[Any] = rows.found(typed)  # type: ignore[attr-defined]
        return found

    def filter_channel(self, rows: QuerySet[Any], name: str, channel: str) -> QuerySet[Any]:
        given: QuerySet[Any] = rows.given_to(channel)  # type: ignore[attr-defined]
        return given


class VersionFilter(ArticleFilter):
    """Kept versions also by where they stand, and whether they are over."""

    state = django_filters.ChoiceFilter(
        label=_("State"), choices=KEPT_STATES, empty_label=_("All")
    )
    validity = django_filters.ChoiceFilter(
        label=_("Validity"),
        choices=((OVER, _("Over")), ("open", _("Not over"))),
        empty_label=_("All"),
        method="filter_validity",
    )
    votes = django_filters.ChoiceFilter(
        label=_("Usefulness"),
        choices=(("failed", _("Did not help somebody")),),
        empty_label=_("All"),
        method="filter_votes",
    )

    def filter_validity(self, rows: QuerySet[Any], name: str, which: str) -> QuerySet[Any]:
        over = Q(valid_until__lt=localdate())
        return rows.filter(over) if which == OVER else rows.exclude(over)

    def filter_votes(self, rows: QuerySet[Any], name: str, which: str) -> QuerySet[Any]:
        return rows.filter(article__failed__gt=0)
