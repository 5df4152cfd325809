"""Who may do what: every role of the organisation, in words and in permissions (M5, F12).

An auditor reads this file alone. A permission is ``context.verb``. The scope says over which rows
a role's permissions reach: its own customers, its unit, its unit and all below it, or everything.
"""

from django.utils.translation import gettext_lazy as _

from dakehu.people.values import Role

DAILY = frozenset(
    {
        "catalogue.view",
        "channels.view",
        "clocks.view",
        "customers.view",
        "desk.view",
        "knowledge.view",
        "worklist.act",
        "worklist.view",
    }
)
# What those do who take what customers ask, and work on it.
SERVING = frozenset(
    {
        "cases.view",
        "cases.create",
        "cases.handle",
        "opportunities.create",
        "opportunities.handle",
        "opportunities.view",
        "outbox.edit",
        "outbox.view",
        "outbox.write",
    }
)
CARE = (
    DAILY
    | SERVING
    | {
        "customers.reveal",
        "alerts.view",
        "alerts.handle",
        "campaigns.handle",
        "campaigns.view",
        "care.view",
        "sheets.view",
        "targets.handle",
        "targets.view",
        "obligations.view",
        "surveys.handle",
        "surveys.view",
        "tiers.view",
    }
)
# What those do who keep the files of their customers.
KEEPING = frozenset(
    {
        "care.write",
        "customers.edit",
        "customers.create",
        "customers.remove",
        "files.attach",
        "obligations.edit",
        "ownership.view",
        "tiers.assess",
        "tiers.grant",
    }
)
LEAD = (
    CARE
    | KEEPING
    | {
        "alerts.assign",
        "alerts.export",
        "audit.view",
        "campaigns.export",
        "campaigns.publish",
        "campaigns.write",
        "catalogue.export",
        "clocks.correct",
        "cases.assign",
        "cases.dispatch",
        "cases.export",
        "cases.publish",
        "cases.rules",
        "care.approve",
        "care.export",
        "care.import",
        "clocks.edit",
        "customers.export",
        "customers.import",
        "customers.merge",
        "customers.restore",
        "customers.retire",
        "exchange.view",
        "exports.approve",
        "exports.plain",
        "exports.request",
        "imports.run",
        "knowledge.export",
        "knowledge.write",
        "obligations.approve",
        "obligations.export",
        "opportunities.approve",
        "opportunities.assign",
        "opportunities.export",
        "outbox.export",
        "outbox.restore",
        "ownership.move",
        "ownership.recall",
        "people.files",
        "people.reveal",
        "people.share",
        "people.view",
        "ranking.view",
        "sheets.export",
        "surveys.export",
        "surveys.publish",
        "surveys.write",
        "targets.assign",
        "targets.define",
        "tiers.approve",
        "tiers.export",
        "worklist.export",
    }
)
ANALYSIS = frozenset(
    {
        "campaigns.export",
        "campaigns.view",
        "catalogue.export",
        "catalogue.view",
        "channels.view",
        "care.export",
        "care.view",
        "clocks.view",
        "desk.view",
        "worklist.view",
        "customers.view",
        "alerts.view",
        "alerts.export",
        "alerts.try",
        "cases.export",
        "cases.view",
        "sheets.view",
        "sheets.export",
        "exchange.view",
        "exchange.export",
        "knowledge.export",
        "knowledge.view",
        "obligations.export",
        "obligations.view",
        "opportunities.export",
        "opportunities.view",
        "outbox.view",
        "ownership.view",
        "people.view",
        "ranking.view",
        "surveys.export",
        "surveys.view",
        "targets.define",
        "targets.view",
        "tiers.view",
        "tiers.simulate",
    }
)
OPERATING = (
    LEAD
    | ANALYSIS
    | {
        "alerts.rules",
        "care.rules",
        "catalogue.rules",
        "channels.rules",
        "clocks.rules",
        "customers.fields",
        "knowledge.publish",
        "outbox.rules",
        "ownership.rules",
        "people.manage",
        "ranking.manage",
        "tiers.freeze",
        "tiers.rules",
        "worklist.categories",
    }
)

ROLES: tuple[Role, ...] = (
    Role(
        code="ACCOUNT_MANAGER",
        name=_("Account manager"),
        description=_("Looks after the customers assigned to them, and handles their alerts."),
        scope="OWN",
        permissions=CARE
        | KEEPING
        | {
            "care.export",
            "customers.export",
            "exports.request",
            "ownership.claim",
            "ownership.hold",
            "sheets.export",
            "worklist.export",
        },
    ),
    Role(
        code="CHIEF_REPRESENTATIVE",
        name=_("Chief representative"),
        description=_("Speaks for the company at important groups; keeps the files of their own."),
        scope="OWN",
        permissions=CARE
        | KEEPING
        | {
            "care.export",
            "customers.export",
            "exports.request",
            "ownership.hold",
            "sheets.export",
            "worklist.export",
        },
    ),
    Role(
        code="TELEPHONE_MANAGER",
        name=_("Telephone manager"),
        description=_("Looks after their customers by telephone, and handles their alerts."),
        scope="OWN",
        permissions=CARE
        | KEEPING
        | {
            "care.export",
            "ownership.claim",
            "ownership.hold",
            "sheets.export",
            "worklist.export",
        },
    ),
    Role(
        code="ENGINEER",
        name=_("Engineer"),
        description=_("Serves the customers of the unit on site; finds them, and adds papers."),
        scope="SUBTREE",
        permissions=DAILY
        | SERVING
        | {"cases.serve", "customers.reveal", "alerts.view", "files.attach"},
    ),
    Role(
        code="PARTNER",
        name=_("Partner"),
        description=_("Works for a partner company; sees the customers given to them, alone."),
        scope="OWN",
        permissions=DAILY
        | SERVING
        | {
            "customers.reveal",
            "customers.edit",
            "customers.create",
            "files.attach",
            "ownership.hold",
            "ownership.view",
        },
    ),
    Role(
        code="HOTLINE",
        name=_("Hotline agent"),
        description=_("Answers the group hotline; finds any customer of the unit by number."),
        scope="SUBTREE",
        permissions=DAILY
        | SERVING
        | {
            "customers.reveal",
            "customers.create",
            "customers.edit",
            "alerts.view",
            "files.attach",
        },
    ),
    Role(
        code="HALL",
        name=_("Hall clerk"),
        description=_("Serves customers at the counter; finds any customer of the unit."),
        scope="SUBTREE",
        permissions=DAILY
        | SERVING
        | {"customers.reveal", "customers.create", "customers.edit", "files.attach"},
    ),
    Role(
        code="DISPATCHER",
        name=_("Dispatcher"),
        description=_("Hands out alerts, to-dos and work orders that nobody owns yet."),
        scope="SUBTREE",
        permissions=CARE
        | {
            "alerts.assign",
            "cases.assign",
            "cases.dispatch",
            "opportunities.assign",
            "exchange.view",
            "ownership.move",
            "ownership.view",
            "people.view",
        },
    ),
    Role(
        code="SUPERVISOR",
        name=_("Supervisor"),
        description=_("Leads a unit: sees everything of it, hands out work, exports lists."),
        scope="SUBTREE",
        permissions=LEAD,
    ),
    Role(
        code="OPERATIONS_CENTER",
        name=_("Operations center"),
        description=_("Runs the daily business of a province: files, ownership, imports, fields."),
        scope="SUBTREE",
        permissions=OPERATING,
    ),
    Role(
        code="PROVINCE_ANALYST",
        name=_("Province analyst"),
        description=_(
            "Supervises, tracks and analyses the whole province, and names target groups."
        ),
        scope="SUBTREE",
        permissions=ANALYSIS,
    ),
    Role(
        code="HEADQUARTERS_ANALYST",
        name=_("Headquarters analyst"),
        description=_("Compares provinces; sees figures and lists, and names target groups."),
        scope="SUBTREE",
        permissions=ANALYSIS,
    ),
    Role(
        code="ADMINISTRATOR",
        name=_("Administrator"),
        description=_("Keeps staff, units and the nightly run; sees every unit."),
        scope="ALL",
        permissions=OPERATING | {"api.manage", "background.manage", "people.roles"},
    ),
)
