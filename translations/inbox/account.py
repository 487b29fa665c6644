"""Whether somebody wants the weekly mail: one tick box in their account."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from translations.inbox.tabs import tabs_for
from translations.models import DigestSettings


class DigestForm(forms.ModelForm):
    class Meta:
        model = DigestSettings
        fields = ["wants_digest"]


class DigestPanel(BaseSettingsPanel):
    name = "translation_digest"
    title = _("Translations")
    tab = notifications_tab
    order = 200
    form_class = DigestForm

    def is_active(self):
        return bool(tabs_for(self.user))

    def get_form(self):
        settings = DigestSettings.objects.filter(user=self.user).first() or DigestSettings(user=self.user)
        data = self.request.POST if self.request.method == "POST" else None
        return DigestForm(data, instance=settings, prefix=self.name)
