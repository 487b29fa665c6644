from django.urls import path

from translations.views import drafts

exchange = [
    path("drafts/<int:draft_id>/accept/", drafts.accept, name="draft_accept"),
    path("drafts/<int:draft_id>/discard/", drafts.discard, name="draft_discard"),
]
