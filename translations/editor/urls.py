from django.urls import path

from translations.views import editing

texts = [
    path("editor/<int:translation_id>/", editing.save_all, name="save_texts"),
    path("editor/<int:translation_id>/check/", editing.check, name="check"),
    path("editor/<int:translation_id>/texts/<int:segment_id>/", editing.save_text, name="save_text"),
    path("editor/<int:translation_id>/texts/<int:segment_id>/memory/", editing.suggestions, name="suggestions"),
    path("editor/<int:translation_id>/links/<int:link_id>/", editing.save_link, name="save_link"),
    path("review/<int:translation_id>/", editing.submit_for_review, name="submit_for_review"),
]
