from django.urls import path

from translations.views import releases as views

releases = [
    path("releases/", views.Releases.as_view(), name="releases"),
    path("releases/new/", views.Edit.as_view(), name="release_new"),
    path("releases/<int:pk>/", views.Detail.as_view(), name="release"),
    path("releases/<int:pk>/edit/", views.Edit.as_view(), name="release_edit"),
    path("releases/<int:pk>/now/", views.release_now, name="release_now"),
    path("releases/<int:pk>/cancel/", views.cancel, name="release_cancel"),
    path("releases/<int:pk>/pages/", views.add_page, name="release_add_page"),
    path("releases/<int:pk>/pages/<int:item_id>/", views.change_page, name="release_page"),
    path("releases/<int:pk>/pages/<int:item_id>/<int:locale_id>/", views.call_ready, name="release_ready"),
]
