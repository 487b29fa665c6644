from django.urls import path

from translations.views import drafts
from translations.views import exchange as views

exchange = [
    path("drafts/<int:draft_id>/accept/", drafts.accept, name="draft_accept"),
    path("drafts/<int:draft_id>/discard/", drafts.discard, name="draft_discard"),
    path("open/<int:translation_id>/", views.open_translation, name="open"),
    path("files/export/", views.Export.as_view(), name="export"),
    path("files/import/", views.Import.as_view(), name="import"),
    path("files/import/<uuid:key>/", views.ImportReport.as_view(), name="import_report"),
]

# The same paths as in wagtail_localize.wagtail_hooks.
po_files = [
    path("translate/<int:translation_id>/pofile/download/", views.download_po_file),
    path("translate/<int:translation_id>/pofile/upload/", views.upload_po_file),
]
