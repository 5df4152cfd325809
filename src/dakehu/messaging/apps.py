"""Wiring of the messaging app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    name = "dakehu.messaging"
    label = "messaging"

    def ready(self) -> None:
        """Register the entry of the navigation, import and words of to-dos."""
        from dakehu.messaging.choices import TO_PUBLISH_ARTICLE
        from dakehu.messaging.operations.importing import ARTICLES
        from dakehu.messaging.queries import article_url, article_words
        from dakehu.ui import imports, navigation, todos
        from dakehu.ui.navigation import NavItem, Section

        navigation.register(
            NavItem(
                Section.WORK,
                _("Knowledge"),
                "book-2",
                "messaging:article_list",
                "knowledge.view",
                86,
                "k",
            )
        )
        imports.register(ARTICLES)
        todos.register(TO_PUBLISH_ARTICLE, article_words, article_url, "book-2")
