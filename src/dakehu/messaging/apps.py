"""Wiring of the messaging app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    name = "dakehu.messaging"
    label = "messaging"

    def ready(self) -> None:
        """Register the entry of the navigation, and how to-dos of articles are shown."""
        from dakehu.messaging.choices import TO_PUBLISH_ARTICLE
        from dakehu.messaging.queries import article_url, article_words
        from dakehu.ui import navigation, todos
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
        todos.register(TO_PUBLISH_ARTICLE, article_words, article_url, "book-2")
