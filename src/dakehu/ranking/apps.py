"""Wiring of the ranking app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RankingConfig(AppConfig):
    name = "dakehu.ranking"
    label = "ranking"

    def ready(self) -> None:
        """Register entries, panels, the column on the list of alerts, and what merging leaves."""
        from dakehu.customers.operations import register_relation, stays
        from dakehu.ranking.queries import is_ranking
        from dakehu.ranking.tables import PlaceColumn
        from dakehu.ui import lists, panels
        from dakehu.ui.navigation import NavItem, Section, register
        from dakehu.ui.panels import Panel

        register_relation(
            stays("ranking.CustomerRank", "customer", "the next night ranks who is there then")
        )
        care, analysis = Section.CARE, Section.ANALYSIS
        register(NavItem(care, _("Likely to leave, by the model"), "sort-descending-numbers",
                         "ranking:customers", "alerts.view", 15))  # fmt: skip
        register(NavItem(analysis, _("Ranking models"), "chart-dots",
                         "ranking:models", "ranking.view", 40))  # fmt: skip
        title = _("Rank by the trained model")
        for subject, order in (("customer", 8), ("alert", 15)):
            panels.register(
                Panel(subject, "rank", title, f"ranking:{subject}_panel", "alerts.view", order,
                      "sort-descending-numbers", wide=subject == "customer",
                      kinds=("INDIVIDUAL",), is_offered=is_ranking)
            )  # fmt: skip
        lists.register_column(
            "alerts:list",
            lists.AddedColumn(
                "rank",
                lambda: PlaceColumn("customer__rank", verbose_name=_("Place by the model")),
                sort=("customer__rank__place",),
                related=("customer__rank",),
                is_offered=is_ranking,
            ),
        )
