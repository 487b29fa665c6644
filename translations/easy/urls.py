"""Addresses of the pages about Leichte Sprache in the admin."""

from django.urls import path

from translations.views import easy as text
from translations.views import easy_checks, easy_overview

easy = [
    path("leichte-sprache/", easy_overview.overview, name="easy"),
    path("leichte-sprache/<int:page_id>/", text.create, name="easy_create"),
    path("leichte-sprache/<int:page_id>/german/", text.change, name="easy_change"),
    path("leichte-sprache/<int:page_id>/details/", text.details, name="easy_details"),
    path("leichte-sprache/<int:page_id>/hints/", easy_checks.hints, name="easy_hints"),
    path("leichte-sprache/<int:page_id>/hints/put-aside/", easy_checks.put_aside, name="easy_put_aside"),
]
