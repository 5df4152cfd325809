"""Who may do what: every role of the organisation, in words and in permissions (M5, F12).

An auditor reads this file alone. A permission is ``context.verb``. The scope says over which rows
a role's permissions reach: its own customers, its unit, its unit and all below it, or everything.
"""

from django.utils.translation import gettext_lazy as _

from dakehu.people.values import Role

DAILY = frozenset({"desk.view", "worklist.view", "worklist.act", "customers.view"})
CARE = DAILY | {"customers.reveal", "alerts.view", "alerts.handle", "sheets.view"}
LEAD = CARE | {
    "alerts.assign",
    "alerts.export",
    "customers.export",
    "exchange.view",
    "people.view",
    "sheets.export",
    "worklist.export",
}
ANALYSIS = frozenset(
    {
        "desk.view",
        "worklist.view",
        "customers.view",
        "alerts.view",
        "alerts.export",
        "sheets.view",
        "sheets.export",
        "exchange.view",
        "exchange.export",
        "people.view",
    }
)

ROLES: tuple[Role, ...] = (
    Role(
        code="ACCOUNT_MANAGER",
        name=_("Account manager"),
        description=_("Looks after the customers assigned to them, and handles their alerts."),
        scope="OWN",
        permissions=CARE | {"customers.export", "sheets.export"},
    ),
    Role(
        code="TELEPHONE_MANAGER",
        name=_("Telephone manager"),
        description=_("Looks after their customers by telephone, and handles their alerts."),
        scope="OWN",
        permissions=CARE | {"sheets.export"},
    ),
    Role(
        code="HOTLINE",
        name=_("Hotline agent"),
        description=_("Answers the group hotline; finds any customer of the unit by number."),
        scope="SUBTREE",
        permissions=DAILY | {"customers.reveal", "alerts.view"},
    ),
    Role(
        code="HALL",
        name=_("Hall clerk"),
        description=_("Serves customers at the counter; finds any customer of the unit."),
        scope="SUBTREE",
        permissions=DAILY | {"customers.reveal"},
    ),
    Role(
        code="DISPATCHER",
        name=_("Dispatcher"),
        description=_("Hands out alerts and to-dos that nobody owns yet."),
        scope="SUBTREE",
        permissions=CARE | {"alerts.assign", "exchange.view", "people.view"},
    ),
    Role(
        code="SUPERVISOR",
        name=_("Supervisor"),
        description=_("Leads a unit: sees everything of it, hands out work, exports lists."),
        scope="SUBTREE",
        permissions=LEAD,
    ),
    Role(
        code="PROVINCE_ANALYST",
        name=_("Province analyst"),
        description=_("Supervises, tracks and analyses the whole province; changes nothing."),
        scope="SUBTREE",
        permissions=ANALYSIS,
    ),
    Role(
        code="HEADQUARTERS_ANALYST",
        name=_("Headquarters analyst"),
        description=_("Compares provinces; sees figures and lists, changes nothing."),
        scope="SUBTREE",
        permissions=ANALYSIS,
    ),
    Role(
        code="ADMINISTRATOR",
        name=_("Administrator"),
        description=_("Keeps staff, units and the nightly run; sees every unit."),
        scope="ALL",
        permissions=LEAD | ANALYSIS | {"people.manage"},
    ),
)
