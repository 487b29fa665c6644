"""What readers can say about translations, without an account."""

from django.urls import path

from translations.views import readers

app_name = "readers"
urlpatterns = [
    path("uebersetzung/wunsch/<uuid:key>/", readers.wish, name="wish"),
    path("uebersetzung/wunsch/<uuid:key>/danke/", readers.wished, name="wished"),
    path("uebersetzung/hinweis/<uuid:key>/", readers.note, name="note"),
    path("uebersetzung/hinweis/<uuid:key>/danke/", readers.noted, name="noted"),
]
