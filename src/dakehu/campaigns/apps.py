"""Wiring of the campaigns app."""

from datetime import timedelta

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dakehu.ui import panels, todos


class CampaignsConfig(AppConfig):
    name = "dakehu.campaigns"
    label = "campaigns"

    def ready(self) -> None:
        """Register entries, the panel, to-dos, the duty, and what is listened to."""
        from dakehu.campaigns import jobs, receivers
        from dakehu.campaigns.choices import CAMPAIGN, RELEASE
        from dakehu.campaigns.policies import HANDLE, VIEW
        from dakehu.campaigns.queries import reading
        from dakehu.common import events, work
        from dakehu.customers.operations import Relation, register_relation
        from dakehu.ownership.events import CustomersMoved
        from dakehu.ui.navigation import NavItem, Section, register
        from dakehu.worklist.events import TodosHandedOver

        register_relation(
            Relation("campaigns.CampaignRow", "customer", "they are contacted for it")
        )
        register(
            NavItem(Section.SERVICE, _("Campaigns"), "speakerphone", "campaigns:list", VIEW, 66)
        )
        register(NavItem(Section.WORK, _("My calls"), "phone", "campaigns:calls", HANDLE, 24))
        panels.register(
            panels.Panel(
                "customer",
                "campaigns",
                _("Campaigns"),
                "campaigns:customer_panel",
                VIEW,
                order=54,
                icon="speakerphone",
            )
        )
        todos.register(CAMPAIGN, reading.again_words, row_url, "phone-call")
        todos.register(RELEASE, reading.release_words, campaign_url, "speakerphone")
        work.register(work.Duty("campaigns.tend", jobs.tend_campaigns, timedelta(seconds=20)))
        events.listen(CustomersMoved, receivers.customers_moved)
        events.listen(TodosHandedOver, receivers.todos_handed_over)
        register_dependant()
        register_actions()
        register_phones()
        register_intake()


def row_url(pk: int) -> str:
    """Return where one customer of a campaign is shown."""
    return reverse("campaigns:row", args=[pk])


def campaign_url(pk: int) -> str:
    """Return where a campaign is shown."""
    return reverse("campaigns:campaign", args=[pk])


def register_dependant() -> None:
    """Say what of campaigns hangs on customers who change hands."""
    from dakehu.campaigns.queries import reading
    from dakehu.ui import dependants

    dependants.register(
        dependants.Dependant(
            "campaigns",
            _("Calls of campaigns"),
            "speakerphone",
            _("Calls that wait follow to the new owner; what was called stays."),
            reading.open_count_of,
            order=17,
        )
    )


def register_actions() -> None:
    """Offer to add customers to a campaign on their lists."""
    from dakehu.campaigns.choices import CUSTOMER_LISTS
    from dakehu.campaigns.policies import WRITE
    from dakehu.ui.lists import BulkAction, register_bulk

    for screen in CUSTOMER_LISTS:
        action = BulkAction(_("Add to a campaign"), "campaigns:pick", WRITE, icon="speakerphone")
        register_bulk(screen, action)


def register_phones() -> None:
    """Let whoever calls see the number in plain, on the record."""
    from dakehu.audit.choices import Purpose
    from dakehu.campaigns.queries.reading import get_row
    from dakehu.people.operations import register_revealable
    from dakehu.people.policies import may
    from dakehu.people.values import Revealable

    register_revealable(
        Revealable(
            kind="campaigns.campaignrow",
            find=get_row,
            subject=lambda row: row.customer,
            may=lambda actor, row: may(actor, "customers.reveal"),
            purposes=(Purpose.CONTACT, Purpose.VERIFY),
        )
    )


def register_intake() -> None:
    """Lead from a call to the intake of an opportunity, and hear what was made."""
    from dakehu.campaigns.choices import CAMPAIGN
    from dakehu.campaigns.operations.calling import opportunity_made
    from dakehu.campaigns.queries.reading import begun_for
    from dakehu.opportunities.operations.origins import Origin, register_origin

    register_origin(Origin(CAMPAIGN, begun_for, opportunity_made))
