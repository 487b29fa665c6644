from django.urls import path

from campaigns.views import calendar, sign_up

app_name = "campaigns"

urlpatterns = [
    path("termine/<slug:slug>.ics", calendar.event_calendar, name="event_calendar"),
    path("kampagnen/<slug:slug>/mitmachen/", sign_up.sign_up, name="sign_up"),
    path("kampagnen/<slug:slug>/mitmachen/gesendet/", sign_up.sent, name="sign_up_sent"),
    path("kampagnen/<slug:slug>/mitmachen/<str:token>/", sign_up.link, name="sign_up_link"),
]
