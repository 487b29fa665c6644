from django.urls import path

from campaigns.views import calendar, newsletter, newsletter_issues, press_kit, registration, share_picture, sign_up

app_name = "campaigns"

urlpatterns = [
    path("termine/kalender/termine.ics", calendar.calendar_feed, name="calendar_feed"),
    path("termine/<slug:slug>.ics", calendar.event_calendar, name="event_calendar"),
    path("termine/<slug:slug>/anmelden/<int:number>/", registration.register, name="register"),
    path("termine/<slug:slug>/anmelden/<int:number>/gesendet/", registration.sent, name="registration_sent"),
    path("termine/<slug:slug>/anmeldung/<str:token>/", registration.link, name="registration_link"),
    path("termine/<slug:slug>/anmeldung/<str:token>/termin.ics", registration.calendar, name="registration_calendar"),
    path("kampagnen/<slug:slug>/mitmachen/", sign_up.sign_up, name="sign_up"),
    path("kampagnen/<slug:slug>/mitmachen/gesendet/", sign_up.sent, name="sign_up_sent"),
    path("kampagnen/<slug:slug>/mitmachen/<str:token>/", sign_up.link, name="sign_up_link"),
    path("kampagnen/<slug:slug>/bild/", share_picture.share_picture, name="share_picture"),
    path("presse/<str:key>/", press_kit.press_kit, name="press_kit"),
    path("presse/<str:key>/paket.zip", press_kit.press_pack, name="press_pack"),
    path("presse/<str:key>/bilder/<int:number>/", press_kit.press_picture, name="press_picture"),
    path("presse/<str:key>/bilder/<int:number>/klein/", press_kit.press_preview, name="press_preview"),
    path("presse/<str:key>/dateien/<int:number>/", press_kit.press_document, name="press_document"),
    path("newsletter/anmelden/", newsletter.subscribe, name="subscribe"),
    path("newsletter/anmelden/gesendet/", newsletter.sent, name="subscribe_sent"),
    path("newsletter/anmelden/<str:token>/", newsletter.subscription, name="subscription"),
    path("newsletter/einstellungen/<str:token>/", newsletter.preferences, name="newsletter_preferences"),
    path("newsletter/abmelden/<str:token>/", newsletter.unsubscribe, name="unsubscribe"),
    path("newsletter/archiv/", newsletter_issues.archive, name="newsletter_archive"),
    path("newsletter/<slug:slug>/", newsletter_issues.issue, name="newsletter_issue"),
]
