"""Columns of the lists of articles."""

from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dakehu.messaging.choices import STATE_TONES
from dakehu.messaging.queries import channel_words
from dakehu.people.queries import product_names
from dakehu.ui import tables


class ChannelColumn(tables.TextColumn):
    """Who may read an article; everybody, where nobody is named."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            accessor="channels",
            verbose_name=gettext_lazy("Channels"),
            empty_values=(),
            **options,
        )

    def render(self, record: Any) -> SafeString:
        words = channel_words(record) or [_("All channels")]
        return format_html_join(" ", "{}", ((tables.badge(each, "neutral"),) for each in words))

    def value(self, record: Any) -> str:
        return _(", ").join(channel_words(record))


class ProductColumn(tables.TextColumn):
    """The product that an article is about, by name."""

    def __init__(self, **options: Any) -> None:
        super().__init__(accessor="product_code", verbose_name=gettext_lazy("Product"), **options)

    def render(self, value: str) -> str:
        return product_names().get(value, value)

    def value(self, value: str) -> str:
        return value


class ArticleTable(tables.ListTable):
    """Published articles: what they are about, for whom, until when, and how they are used."""

    title = tables.WordsColumn(accessor="title", verbose_name=gettext_lazy("Title"))
    number = tables.CodeColumn(
        accessor="article__number", verbose_name=pgettext_lazy("of an article", "Number")
    )
    topic = tables.BadgeColumn(accessor="topic", verbose_name=gettext_lazy("Topic"))
    keywords = tables.TextColumn(accessor="keywords", verbose_name=gettext_lazy("Keywords"))
    product = ProductColumn()
    channels = ChannelColumn()
    body = tables.WordsColumn(accessor="body", verbose_name=gettext_lazy("What is said"))
    valid_until = tables.DayColumn(
        accessor="valid_until", verbose_name=gettext_lazy("Valid until")
    )
    published = tables.InstantColumn(
        accessor="published_at", verbose_name=gettext_lazy("Published at")
    )
    helped = tables.NumberColumn(accessor="article__helped", verbose_name=gettext_lazy("Helped"))
    failed = tables.NumberColumn(
        accessor="article__failed", verbose_name=gettext_lazy("Did not help")
    )
    readings = tables.NumberColumn(
        accessor="article__readings", verbose_name=gettext_lazy("Readings")
    )

    optional_columns = ("keywords", "product", "body", "failed")


class VersionTable(tables.ListTable):
    """Versions that are kept: where each stands, and whose it is."""

    title = tables.WordsColumn(accessor="title", verbose_name=gettext_lazy("Title"))
    number = tables.CodeColumn(
        accessor="article__number", verbose_name=pgettext_lazy("of an article", "Number")
    )
    version = tables.NumberColumn(accessor="number", verbose_name=gettext_lazy("Version"))
    state = tables.BadgeColumn(
        accessor="state", tones=STATE_TONES, verbose_name=gettext_lazy("State")
    )
    topic = tables.TextColumn(accessor="topic", verbose_name=gettext_lazy("Topic"))
    valid_until = tables.DayColumn(
        accessor="valid_until", verbose_name=gettext_lazy("Valid until")
    )
    drafted_by = tables.TextColumn(accessor="drafted_by", verbose_name=gettext_lazy("Drafted by"))
    drafted = tables.InstantColumn(accessor="drafted_at", verbose_name=gettext_lazy("Drafted at"))
    helped = tables.NumberColumn(accessor="article__helped", verbose_name=gettext_lazy("Helped"))
    failed = tables.NumberColumn(
        accessor="article__failed", verbose_name=gettext_lazy("Did not help")
    )

    optional_columns = ("topic",)
