"""Addresses of the translation admin. Those of wagtail-localize are answered here first, with our rights."""

from django.urls import include, path

from translations import terms
from translations.easy.urls import easy
from translations.editor.urls import texts
from translations.exchange.urls import exchange, po_files
from translations.inbox.urls import inbox
from translations.releases.urls import releases
from translations.views import board, editor, glossary, jobs, machine, submit, terms_api

own = [
    path("", board.BoardView.as_view(), name="board"),
    path("action/", board.ActionView.as_view(), name="board_action"),
    path("export/", board.export_csv, name="board_export"),
    path("jobs/", jobs.JobsView.as_view(), name="jobs"),
    path("jobs/<int:pk>/", jobs.JobView.as_view(), name="job"),
    path("jobs/<int:pk>/cancel/", jobs.cancel, name="job_cancel"),
    path("jobs/<int:pk>/progress/", jobs.progress, name="job_progress"),
    path("machine/", machine.MachineView.as_view(), name="machine"),
    path("machine/rules/", machine.keep_rules, name="machine_rules"),
    path("machine/<int:translation_id>/", machine.start, name="machine_start"),
    path("terms/export.<slug:format>", glossary.export, name="terms_export"),
    path("terms/<int:pk>/", glossary.TermView.as_view(), name="term"),
    path("terms/<int:pk>/<slug:language>/", glossary.TermView.as_view(), name="term"),
]

# The same paths as in wagtail_localize.wagtail_hooks. They need no names: reverse() finds the originals.
instead_of_localize = [
    path("submit/page/<int:page_id>/", submit.SubmitPage.as_view()),
    path("submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/", submit.SubmitTerm.as_view()),
    path("update/<int:translation_source_id>/", submit.Update.as_view()),
    path("translate/<int:translation_id>/strings/<int:string_segment_id>/edit/", editor.edit_string),
    path("translate/<int:translation_id>/overrides/<int:overridable_segment_id>/edit/", editor.edit_override),
    *po_files,
    path("translate/<int:translation_id>/machine_translate/", machine.start),
    path("translate/<int:translation_id>/preview/", editor.preview),
    path("translate/<int:translation_id>/preview/<str:mode>/", editor.preview),
    path("translate/<int:translation_id>/disable/", editor.stop),
    path("page/<int:page_id>/convert_to_alias/", editor.convert_to_alias),
    path("reports/translations/", board.instead_of_report),
    path("reports/translations/results/", board.instead_of_report),
    path("api/snippets/<slug:app_label>/<slug:model_name>/", terms_api.listing),
    path("api/snippets/<slug:app_label>/<slug:model_name>/<str:pk>/", terms_api.detail),
]


def admin_urls() -> list:
    return [
        path("localize/", include(instead_of_localize)),
        path("translations/", include(([*own, *exchange, *texts, *inbox, *releases, *easy], "translations"))),
        *terms.urls(),
    ]
