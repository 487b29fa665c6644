"""Addresses of what passes between the people who work on translations."""

from django.urls import path

from translations.views import assigning, comments, notes
from translations.views.inbox import AskedView, InboxView, LanguageView, ReviewView
from translations.views.notes import NotesView

VIEWS = {
    "inbox": ("inbox/", InboxView),
    "inbox_language": ("inbox/language/", LanguageView),
    "inbox_review": ("inbox/review/", ReviewView),
    "inbox_asked": ("inbox/asked/", AskedView),
    "inbox_notes": ("inbox/notes/", NotesView),
}

inbox = [
    *(path(address, view.as_view(), name=name) for name, (address, view) in VIEWS.items()),
    *(
        path(f"{address}results/", view.as_view(results_only=True), name=f"{name}_results")
        for name, (address, view) in VIEWS.items()
    ),
    path("assign/", assigning.assign, name="assign"),
    path("take/", assigning.take, name="take"),
    path("give-back/<int:pk>/", assigning.give_back, name="give_back"),
    path("notes/<int:pk>/handle/", notes.handle, name="note_handle"),
    path("notes/<int:pk>/reopen/", notes.reopen, name="note_reopen"),
    path("inbox/open/<int:translation_id>/", assigning.open_text, name="open_text"),
    path("comments/<int:translation_id>/", comments.add, name="comment_add"),
    path("comments/<int:comment_id>/resolve/", comments.resolve, name="comment_resolve"),
    path("comments/<int:comment_id>/reopen/", comments.reopen, name="comment_reopen"),
]
