from django.urls import path

from campaigns import views

app_name = "campaigns"

urlpatterns = [
    path("termine/<slug:slug>.ics", views.event_calendar, name="event_calendar"),
]
