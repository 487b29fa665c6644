from django.urls import path

from organisations.views import message, send_link, upkeep

app_name = "organisations"

urlpatterns = [
    path("nachricht/<uuid:key>/", message.message, name="message"),
    path("nachricht/<uuid:key>/gesendet/", message.sent, name="message_sent"),
    path("profil/<str:key>/link/", send_link.send_link, name="send_link"),
    path("profil/<str:key>/<str:token>/", upkeep.link, name="profile_link"),
    path("profil/<str:key>/<str:token>/aendern/", upkeep.change, name="profile_change"),
    path("profil/<str:key>/<str:token>/aufgeloest/", upkeep.close, name="profile_close"),
    path("profil/<str:key>/<str:token>/verbergen/", upkeep.hide, name="profile_hide"),
    path("profil/<str:key>/<str:token>/danke/", upkeep.done, name="profile_done"),
    path("profil/<str:key>/", upkeep.cut_off),
]
