"""Addresses of what passes between the people who work on translations."""

from django.urls import path

from translations.views import comments

inbox = [
    path("comments/<int:translation_id>/", comments.add, name="comment_add"),
    path("comments/<int:comment_id>/resolve/", comments.resolve, name="comment_resolve"),
    path("comments/<int:comment_id>/reopen/", comments.reopen, name="comment_reopen"),
]
