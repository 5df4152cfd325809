"""Addresses of the files app."""

from django.urls import path

from dakehu.files.views import attachments, exports, imports

app_name = "files"
urlpatterns = [
    path("of/<str:label>/<int:pk>/", attachments.attachments_panel, name="attachments_panel"),
    path("of/<str:label>/<int:pk>/add/", attachments.attachment_upload, name="attachment_upload"),
    path("<int:pk>/", attachments.attachment_download, name="attachment_download"),
    path("<int:pk>/remove/", attachments.attachment_remove, name="attachment_remove"),
    path("<int:pk>/restore/", attachments.attachment_restore, name="attachment_restore"),
    path("exports/", exports.export_list, name="export_list"),
    path("exports/new/", exports.export_request, name="export_request"),
    path("exports/to-release/", exports.release_list, name="release_list"),
    path("exports/<int:pk>/", exports.export, name="export"),
    path("exports/<int:pk>/decide/", exports.export_decide, name="export_decide"),
    path("exports/<int:pk>/withdraw/", exports.export_withdraw, name="export_withdraw"),
    path("exports/<int:pk>/download/", exports.export_download, name="export_download"),
    path("imports/", imports.import_list, name="import_list"),
    path("imports/new/<slug:name>/", imports.import_start, name="import_start"),
    path("imports/new/<slug:name>/template/", imports.import_template, name="import_template"),
    path("imports/<int:pk>/", imports.import_page, name="import"),
    path("imports/<int:pk>/columns/", imports.import_columns, name="import_columns"),
    path("imports/<int:pk>/reassign/", imports.import_reassign, name="import_reassign"),
    path("imports/<int:pk>/apply/", imports.import_apply, name="import_apply"),
    path("imports/<int:pk>/undo/", imports.import_undo, name="import_undo"),
    path("imports/<int:pk>/continue/", imports.import_continue, name="import_continue"),
    path("imports/<int:pk>/drop/", imports.import_drop, name="import_drop"),
    path("imports/<int:pk>/rejected/", imports.import_rejected, name="import_rejected"),
]
