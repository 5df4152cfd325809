"""
The table of the permission matrix: every address of the site, and what it asks of a person.

An address names the permission that opens it ("" is everybody who has signed in), who can reach
the object it is about, and how it answers GET and POST to those who may. The test asks every
address of every person, in both ways; an address that is not here fails it. A new address gets
one line in ``ADDRESSES``.
"""

from tests.web.about import (
    about_alert,
    about_customer,
    about_file,
    about_kind,
    about_move,
    about_pair,
    about_receipt,
    about_system,
    about_unit,
    acts,
    of_attachment,
    of_class_of_work,
    of_clerk,
    of_contact,
    of_customer,
    of_customer_files,
    of_delivery,
    of_export,
    of_field,
    of_file,
    of_import,
    of_individuals,
    of_leave,
    of_model,
    of_numbers,
    of_product,
    of_prospect,
    of_removed_contact,
    of_removed_field,
    of_skill,
    of_unit,
    of_work,
)
from tests.web.asked import (
    ALL,
    IMPORTERS,
    NEAR_MANAGER,
    NEAR_UNIT,
    NOBODY,
    RELEASERS,
    SHARING,
    WHO_IMPORTED,
    Address,
)
from tests.web.campaign_addresses import CAMPAIGNS
from tests.web.care_addresses import CARE
from tests.web.case_addresses import CASES
from tests.web.catalogue_addresses import CATALOGUE
from tests.web.channel_addresses import CHANNELS
from tests.web.clock_addresses import CLOCKS
from tests.web.hook_addresses import HOOKS
from tests.web.knowledge_addresses import KNOWLEDGE
from tests.web.obligation_addresses import OBLIGATIONS
from tests.web.opportunity_addresses import OPPORTUNITIES
from tests.web.outbox_addresses import OUTBOX
from tests.web.permission_alerts import ALERTS
from tests.web.survey_addresses import SURVEYS
from tests.web.target_addresses import TARGETS
from tests.web.tier_addresses import TIERS

LIST_VIEW = {"screen": "customers:list", "name": "x", "query": ""}

ADDRESSES: dict[str, Address] = {
    **ALERTS,
    **CASES,
    **CAMPAIGNS,
    **CARE,
    **HOOKS,
    **OUTBOX,
    **SURVEYS,
    **CATALOGUE,
    **CHANNELS,
    **OBLIGATIONS,
    **OPPORTUNITIES,
    **KNOWLEDGE,
    "desk:home": Address("desk.view"),
    "desk:trends": Address("alerts.view"),
    "desk:search": Address("customers.view"),
    "desk:managers": Address("ownership.view"),
    "desk:search_suggestions": Address("customers.view"),
    "desk:customer": about_customer(),
    "desk:customer_past": about_customer(),
    "desk:customer_alerts": about_customer("alerts.view"),
    "desk:customer_usage": about_customer(),
    "desk:customer_timeline": about_customer(),
    "desk:cohort_members": Address("tiers.view"),
    "desk:cohort_coverage": Address(
        "tiers.view", arguments=lambda things: [things.tiers.cohort.pk]
    ),
    "desk:alert_facts": about_alert(),
    "desk:alert_reasons": about_alert(),
    "ui:login": Address(get=302, post={}, posted=302),
    "ui:logout": acts(),
    "ui:language": Address(get=302, post={"language": "en"}),
    "ui:theme": acts(post={"theme": "dark"}),
    "ui:view_save": acts(post=LIST_VIEW),
    "ui:view_delete": acts(arguments=lambda things: [0]),
    "ui:columns_save": acts(post={"screen": "customers:list", "columns": "name"}),
    "ui:gallery": Address("people.manage"),
    "ui:gallery_drawer": Address("people.manage"),
    "ui:gallery_act": acts("people.manage"),
    "signin:second": Address(get=302, post={}),
    "signin:passkey": Address(get=302, post={}),
    # There is no single sign-on in tests of this table.
    "signin:sso": Address(reached=NOBODY),
    "signin:sso_callback": Address(reached=NOBODY),
    "signin:own": Address(),
    "signin:confirm": Address(post={}, posted=422),
    "signin:password": Address(post={}, posted=422),
    "signin:presence": acts(posted=204),
    "signin:sessions_end": acts(),
    "signin:session_end": acts(reached=NOBODY, arguments=lambda things: [0]),
    "signin:app_add": Address(post={}, posted=422),
    "signin:app_remove": acts(),
    "signin:passkey_add": Address(post={}, posted=422),
    "signin:passkey_remove": acts(arguments=lambda things: [0]),
    "signin:codes": Address(get=302, post={}),
    "signin:codes_renew": acts(),
    "signin:client_list": Address("api.manage"),
    "signin:client_add": Address("api.manage", post={}, posted=422),
    "signin:client": about_system(),
    "signin:client_change": about_system(post={}, posted=422),
    "signin:client_renew": about_system(get=None, post={}, posted=200),
    "signin:client_revoke": about_system(get=None, post={}),
    "api:report_leaving": Address(get=None, post={}, posted=401),
    "api:open_case": Address(get=401, post={}, posted=401),
    "api:list_cases": Address(get=401, post={}, posted=401),
    "api:read_case": Address(get=401, arguments=lambda things: [things.case.number]),
    "api:take_contact": Address(get=401, post={}, posted=401),
    "api:list_contacts": Address(get=401, post={}, posted=401),
    "api:read_contact": Address(get=401, arguments=lambda things: [things.opportunity.number]),
    "api:claim_contact": Address(
        get=None, post={}, posted=401, arguments=lambda things: [things.opportunity.number]
    ),
    "api:list_orders": Address(get=401),
    "api:read_order": Address(get=401, arguments=lambda things: [things.sales_order.number]),
    "api:answer_order": Address(
        get=None, post={}, posted=401, arguments=lambda things: [things.sales_order.number]
    ),
    "api:openapi-json": Address("api.manage"),
    "api:openapi-view": Address("api.manage"),
    "api:api-root": Address(reached=NOBODY),
    "live:news": Address("worklist.view", get=204),
    "signin:account": Address("people.manage", arguments=of_clerk),
    "signin:account_panel": Address("people.manage", arguments=of_clerk),
    "signin:password_give": acts("people.manage", posted=200, arguments=of_clerk),
    "signin:account_suspend": acts("people.manage", arguments=of_clerk),
    "signin:account_allow": acts("people.manage", arguments=of_clerk),
    "signin:account_unlock": acts("people.manage", arguments=of_clerk),
    "signin:factors_remove": acts("people.manage", arguments=of_clerk),
    "signin:account_sessions_end": acts("people.manage", arguments=of_clerk),
    "signin:identity_untie": acts("people.manage", arguments=of_clerk),
    "customers:list": Address("customers.view"),
    "customers:group_list": Address("customers.view"),
    "customers:individual_list": Address("customers.view"),
    "customers:contact_list": Address("customers.view"),
    "customers:gift_list": Address("customers.view"),
    "customers:day_list": Address("customers.view"),
    "customers:prospect_list": Address("customers.view"),
    "customers:former_list": Address("customers.view"),
    "customers:leaving_list": Address("customers.retire"),
    "customers:removed_list": Address("customers.restore"),
    "customers:prospect_add": Address("customers.create", post={}, posted=422),
    "customers:duplicate_list": Address("customers.merge"),
    "customers:duplicate": about_pair("open"),
    "customers:duplicate_merge": about_pair("open", get=None, post={}, posted=302),
    "customers:duplicate_dismiss": about_pair("open", get=None, post={}, posted=302),
    "customers:duplicate_reopen": about_pair("dismissed", get=None, post={}, posted=302),
    "customers:merger_undo": about_pair("merger", get=None, post={}, posted=302),
    "customers:merged_file": Address(
        "customers.view",
        NEAR_MANAGER,
        arguments=lambda things: [things.duplicates.merger.gone_id],
    ),
    "customers:duplicates_panel": about_customer(),
    "customers:prospect_edit": Address(
        "customers.edit", NEAR_MANAGER, post={}, posted=422, arguments=of_prospect
    ),
    "customers:prospect_remove": Address(
        "customers.remove", NEAR_MANAGER, post={}, posted=422, arguments=of_prospect
    ),
    "customers:restore_chosen": acts("customers.restore", posted=400),
    "customers:retire_chosen": acts("customers.retire", posted=400),
    "customers:bring_back_chosen": acts("customers.retire", posted=400),
    "customers:retire": about_customer("customers.retire", post={}, posted=422),
    "customers:bring_back": about_customer("customers.retire", post={}, posted=422),
    "customers:field_list": Address("customers.fields"),
    "customers:field_add": Address("customers.fields", post={}, posted=422),
    "customers:field_edit": Address("customers.fields", post={}, posted=422, arguments=of_field),
    "customers:field_remove": acts("customers.fields", arguments=of_field),
    "customers:field_restore": acts("customers.fields", arguments=of_removed_field),
    "customers:field_move": acts("customers.fields", arguments=of_field),
    "customers:product_list": Address("customers.fields"),
    "customers:product_add": Address("customers.fields", post={}, posted=422),
    "customers:product_edit": Address(
        "customers.fields", post={}, posted=422, arguments=of_product
    ),
    "customers:person_edit": about_customer("customers.edit", post={}, posted=422),
    "customers:fields_edit": about_customer("customers.edit", post={}, posted=422),
    "customers:removed_details": about_customer("customers.edit"),
    "customers:detail_list": about_kind("customers.edit"),
    "customers:detail_add": about_kind("customers.edit", post={}, posted=422),
    "customers:detail_edit": Address(
        "customers.edit", NEAR_MANAGER, post={}, posted=422, arguments=of_contact
    ),
    "customers:detail_remove": acts("customers.edit", reached=NEAR_MANAGER, arguments=of_contact),
    "customers:detail_restore": acts(
        "customers.edit", reached=NEAR_MANAGER, arguments=of_removed_contact
    ),
    "customers:people_panel": about_customer(),
    "customers:days_panel": about_customer(),
    "customers:addresses_panel": about_customer(),
    "customers:gifts_panel": about_customer(),
    "customers:notes_panel": about_customer(),
    "customers:opinions_panel": about_customer(),
    "customers:fields_panel": about_customer(),
    "customers:credit_panel": about_customer(),
    "customers:profile_panel": about_customer(),
    "customers:group_panel": about_customer(),
    "customers:products_panel": about_customer(),
    "customers:months_panel": about_customer(),
    "customers:logs_panel": about_customer(),
    "customers:changes_panel": about_customer(),
    "tiering:customer_panel": about_customer(),
    **TIERS,
    **TARGETS,
    "ownership:list": Address("ownership.view"),
    "ownership:lines": Address("ownership.view"),
    "ownership:assign": acts("ownership.move", posted=400),
    "ownership:assign_pool": acts("ownership.move", posted=400),
    "ownership:recall": acts("ownership.recall", posted=400),
    "ownership:swap": Address("ownership.move", post={}, posted=200),
    "ownership:cover": Address("ownership.move", post={}, posted=200),
    "ownership:detail": about_move("ownership.view"),
    "ownership:decide": about_move("ownership.move", get=None, post={}),
    "ownership:discard": about_move("ownership.move", get=None, post={}),
    "ownership:cancel": about_move("ownership.move", get=None, post={}),
    "ownership:undo": about_move("ownership.move", get=None, post={}),
    "ownership:received": Address("ownership.view"),
    "ownership:receipt": about_receipt(),
    "ownership:receipt_confirm": about_receipt(get=None, post={}),
    "ownership:pool": Address("ownership.view"),
    "ownership:claim": acts("ownership.claim", posted=400),
    "ownership:propose": Address("ownership.move"),
    "ownership:propose_draft": acts("ownership.move", posted=422),
    "ownership:loads": Address("ownership.view"),
    "ownership:numbers": Address("ownership.view"),
    "ownership:number_propose": Address("ownership.rules", post={}, posted=422),
    "ownership:number": Address("ownership.view", arguments=of_numbers),
    "ownership:number_approve": acts("ownership.rules", arguments=of_numbers),
    "ownership:number_withdraw": acts("ownership.rules", arguments=of_numbers),
    "ownership:customer_panel": about_customer("ownership.view"),
    "ownership:staff_panel": Address(
        "ownership.view",
        ALL - {"stranger"},
        arguments=lambda things: [things.people.colleague.pk],
    ),
    "exchange:trainings": Address("ranking.view"),
    "exchange:training_ask": acts("ranking.manage", posted=422),
    **CLOCKS,
    "ranking:models": Address("ranking.view"),
    "ranking:model": Address("ranking.view", arguments=of_model),
    "ranking:card": Address("ranking.view", arguments=of_model),
    "ranking:figures": Address("ranking.view", arguments=of_model),
    "ranking:propose": acts("ranking.manage", posted=422, arguments=of_model),
    "ranking:publish": acts("ranking.manage", arguments=of_model),
    "ranking:decline": acts("ranking.manage", arguments=of_model),
    "ranking:retire": acts("ranking.manage", arguments=of_model),
    "ranking:discard": acts("ranking.manage", arguments=of_model),
    "ranking:customers": Address("alerts.view"),
    "ranking:customer_panel": about_customer("alerts.view"),
    "ranking:alert_panel": about_alert(),
    # Sheets and to-dos lead on to what is of interest first: the day, the open ones.
    "worklist:list": Address("worklist.view", get=302),
    "worklist:badge": Address("worklist.view"),
    "worklist:close": acts("worklist.act", posted=400),
    "worklist:hand_over": acts("worklist.act", posted=400),
    # Shows the to-dos within one's own reach, whoever the customer is.
    "worklist:customer_panel": Address("worklist.view", arguments=of_customer),
    "worklist:log": Address("worklist.view", get=302),
    "worklist:log_add": Address("worklist.act", post={}, posted=422),
    "worklist:log_removed": Address("worklist.act"),
    "worklist:log_restore": acts("worklist.act", posted=400),
    "worklist:log_entry": Address("worklist.view", NEAR_MANAGER, arguments=of_work),
    "worklist:log_edit": Address(
        "worklist.act", frozenset({"manager"}), post={}, posted=422, arguments=of_work
    ),
    "worklist:log_remove": acts("worklist.act", reached=frozenset({"manager"}), arguments=of_work),
    "worklist:work_panel": Address("worklist.view", NEAR_MANAGER, arguments=of_customer),
    "worklist:category_list": Address("worklist.categories"),
    "worklist:category_add": Address("worklist.categories", post={}, posted=422),
    "worklist:category_edit": Address(
        "worklist.categories", post={}, posted=422, arguments=of_class_of_work
    ),
    "worklist:category_retire": acts("worklist.categories", arguments=of_class_of_work),
    "worklist:category_restore": acts("worklist.categories", arguments=of_class_of_work),
    "exchange:monitor": Address("exchange.view"),
    "exchange:delivery_list": Address("exchange.view"),
    "exchange:delivery": Address("exchange.view", arguments=of_delivery),
    "exchange:receipt": Address("exchange.view", arguments=of_delivery),
    "exchange:rejected": Address(
        "exchange.export", NOBODY, arguments=lambda things: [things.delivery.pk, "usage"]
    ),
    "exchange:run_list": Address("exchange.view"),
    "exchange:run": Address("exchange.view", arguments=lambda things: [things.run.pk]),
    "exchange:background": Address("background.manage"),
    "exchange:background_retry": acts("background.manage"),
    "files:export_list": Address("exports.request"),
    "files:release_list": Address("exports.approve", get=302),
    # Without a list there is nothing to ask for.
    "files:export_request": Address("exports.request", get=404, post={}, posted=404),
    "files:export": Address("exports.request", RELEASERS | {"manager"}, arguments=of_export),
    "files:export_decide": acts(
        "exports.approve", reached=RELEASERS, posted=422, arguments=of_export
    ),
    "files:export_withdraw": acts(
        "exports.request", reached=RELEASERS | {"manager"}, arguments=of_export
    ),
    "files:export_download": Address(
        "exports.request", RELEASERS | {"manager"}, get=302, arguments=of_export
    ),
    "files:import_list": Address("imports.run"),
    "files:import_start": Address("imports.run", post={}, posted=422, arguments=of_individuals),
    "files:import_template": Address("imports.run", arguments=of_individuals),
    "files:import": Address("imports.run", IMPORTERS, arguments=of_import),
    "files:import_columns": acts(
        "imports.run", reached=IMPORTERS, posted=422, arguments=of_import
    ),
    "files:import_reassign": acts("imports.run", reached=IMPORTERS, arguments=of_import),
    "files:import_apply": acts("imports.run", reached=IMPORTERS, arguments=of_import),
    "files:import_undo": acts("imports.run", reached=IMPORTERS, arguments=of_import),
    "files:import_continue": acts("imports.run", reached=IMPORTERS, arguments=of_import),
    "files:import_drop": acts("imports.run", reached=IMPORTERS, arguments=of_import),
    "files:import_rejected": Address("imports.run", WHO_IMPORTED, arguments=of_import),
    "files:attachments_panel": Address(
        "customers.view", NEAR_MANAGER, arguments=of_customer_files
    ),
    "files:attachment_upload": acts(
        "files.attach", reached=NEAR_MANAGER, arguments=of_customer_files
    ),
    "files:attachment_download": Address("customers.view", NEAR_MANAGER, arguments=of_attachment),
    "files:attachment_remove": acts("files.attach", reached=NEAR_MANAGER, arguments=of_attachment),
    "files:attachment_restore": acts(
        "files.attach", reached=NEAR_MANAGER, arguments=of_attachment
    ),
    "tiering:unit_panel": Address(reached=NEAR_UNIT, arguments=of_unit),
    "people:access_list": Address("audit.view"),
    "people:change_list": Address("audit.view"),
    "people:own_log": Address("desk.view"),
    "people:looks_panel": Address(
        "audit.view", NEAR_MANAGER, arguments=lambda things: ["customer", things.customer.pk]
    ),
    "people:role_list": Address("people.roles"),
    "people:role_page": Address("people.roles", arguments=lambda things: ["SUPERVISOR"]),
    "people:role_add": Address("people.roles", post={}, posted=422),
    "people:role_change": Address(
        "people.roles", post={}, posted=422, arguments=lambda things: [things.role.code]
    ),
    "people:role_retire": acts("people.roles", arguments=lambda things: [things.role.code]),
    "people:role_revive": acts("people.roles", arguments=lambda things: [things.role.code]),
    "people:share_list": Address("customers.view"),
    "people:share_page": Address(
        "customers.view",
        SHARING | {"telephone_manager"},
        arguments=lambda things: [things.share.pk],
    ),
    "people:share_withdraw": acts(
        "people.share", reached=SHARING, arguments=lambda things: [things.share.pk]
    ),
    "people:shares_panel": Address(
        "customers.view", NEAR_MANAGER, arguments=lambda things: ["customer", things.customer.pk]
    ),
    "people:share_add": Address(
        "people.share",
        NEAR_MANAGER,
        post={},
        posted=422,
        arguments=lambda things: ["customer", things.customer.pk],
    ),
    "people:receiver_options": Address("people.share"),
    "people:unit_list": Address("people.view"),
    "people:duty_list": Address("people.view"),
    "people:unit_add": Address("people.manage", post={}, posted=422),
    "people:unit_page": about_unit(),
    "people:children_panel": about_unit(),
    "people:duties_panel": about_unit(),
    "people:places_panel": about_unit(),
    "people:unit_changes_panel": about_unit(),
    "people:unit_change": about_unit("people.manage", post={}, posted=422),
    "people:unit_move": about_unit("people.manage", post={}, posted=422),
    # Nothing hangs on the unit, and no reason has to be given.
    "people:unit_remove": about_unit("people.manage", post={}),
    "people:unit_restore": acts("people.manage", arguments=of_unit),
    "people:unit_duties": about_unit("people.manage", post={}),
    "people:leave_list": Address("people.view"),
    "people:my_file": Address(get=302),
    "people:staff_list": Address("people.view"),
    "people:staff_removed": Address("people.manage"),
    "people:staff_options": Address(),
    "people:staff_add": Address("people.manage", post={}, posted=422),
    # Everybody reads their own file as well; this one is somebody else's.
    "people:staff_file": about_file(),
    "people:basics_panel": about_file(),
    "people:staff_changes_panel": about_file(),
    # Of customers; whose own values and those of people differ, tests/web/people asks.
    "people:reveal": acts(
        "customers.reveal",
        reached=NEAR_MANAGER,
        post={"value": "phone", "purpose": "CONTACT"},
        posted=200,
        arguments=lambda things: ["customers.customer", things.customer.pk],
    ),
    "people:leave_panel": about_file(),
    "people:skills_panel": about_file(),
    "people:areas_panel": about_file(),
    "people:authorities_panel": about_file(),
    "people:trainings_panel": about_file(),
    "people:posts_panel": about_file(),
    "people:staff_change": about_file("people.manage", post={}, posted=422),
    "people:staff_remove": about_file("people.manage", post={}),
    "people:staff_close": about_file("people.manage", post={}),
    "people:staff_open": acts("people.manage", arguments=of_file),
    "people:staff_restore": acts("people.manage", arguments=of_file),
    "people:entry_add": Address(
        "people.files", post={}, posted=422, arguments=lambda things: [things.file.pk, "skills"]
    ),
    "people:entry_change": Address("people.files", post={}, posted=422, arguments=of_skill),
    "people:entry_remove": acts("people.files", arguments=of_skill),
    "people:entry_restore": acts("people.files", arguments=of_skill),
    "people:leave_add": about_file("people.files", post={}, posted=422),
    "people:leave_change": Address("people.files", post={}, posted=422, arguments=of_leave),
    "people:leave_end": acts("people.files", arguments=of_leave),
}
# Addresses that answer before somebody has signed in: the status of GET and of POST.
PUBLIC: dict[str, tuple[int, int]] = {
    "ui:login": (200, 200),
    "ui:language": (302, 302),
    "ui:theme": (405, 302),
    "signin:passkey": (200, 422),
    "api:report_leaving": (405, 401),
    "api:open_case": (401, 401),
    "api:list_cases": (401, 401),
    "api:read_case": (401, 405),
    "api:take_contact": (401, 401),
    "api:list_contacts": (401, 401),
    "api:read_contact": (401, 405),
    "api:claim_contact": (405, 401),
    "api:list_orders": (401, 405),
    "api:read_order": (401, 405),
    "api:answer_order": (405, 401),
    "opportunities:ask": (200, 422),
    "outbox:progress": (404, 405),
    "surveys:answer": (404, 404),
    "signin:sso": (404, 405),
    "signin:sso_callback": (404, 405),
}
# Opened by the key of another system and by no session: no browser can be made to send one.
KEYED = frozenset(
    {
        *("api:report_leaving", "api:open_case", "api:list_cases", "api:read_case"),
        *("api:take_contact", "api:list_contacts", "api:read_contact", "api:claim_contact"),
        *("api:list_orders", "api:read_order", "api:answer_order"),
    }
)
# Addresses that other packages bring, and that answer nobody: their permission is their own.
FOREIGN: frozenset[str] = frozenset()
