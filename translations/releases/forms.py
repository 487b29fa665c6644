"""The form of a release: its name, its moment, its languages."""

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.models import Locale, Page

from core.languages import SOURCE_LANGUAGE
from translations.choosers import PageChooser
from translations.models import Release, ReleaseLanguage

NO, OPTIONAL, REQUIRED = "", "optional", "required"
CHOICES = [
    (REQUIRED, gettext_lazy("required")),
    (OPTIONAL, gettext_lazy("follows when it is ready")),
    (NO, gettext_lazy("not in this release")),
]


class BerlinTime(forms.DateTimeField):
    """Whatever time zone the user's account has: a release is agreed upon in the time of the office."""

    widget = AdminDateTimeInput

    def to_python(self, value):
        with timezone.override(settings.TIME_ZONE):
            return super().to_python(value)

    def prepare_value(self, value):
        with timezone.override(settings.TIME_ZONE):
            return super().prepare_value(value)


class ReleaseForm(forms.ModelForm):
    go_live_at = BerlinTime(
        label=gettext_lazy("Goes live"),
        help_text=gettext_lazy("Berlin time, whatever time zone your account has."),
    )

    class Meta:
        model = Release
        fields = ["name", "go_live_at"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.locales = list(Locale.objects.exclude(language_code=SOURCE_LANGUAGE).order_by("language_code"))
        chosen = {}
        if self.instance.pk:
            chosen = dict(self.instance.languages.values_list("locale_id", "is_required"))
        for locale in self.locales:
            initial = NO if locale.pk not in chosen else REQUIRED if chosen[locale.pk] else OPTIONAL
            self.fields[self._name(locale)] = forms.ChoiceField(
                choices=CHOICES,
                required=False,
                initial=initial,
                label=locale.get_display_name(),
                widget=forms.RadioSelect,
            )

    def _name(self, locale: Locale) -> str:
        return f"language_{locale.pk}"

    @property
    def language_fields(self):
        return [self[self._name(locale)] for locale in self.locales]

    def clean_go_live_at(self):
        moment = self.cleaned_data["go_live_at"]
        if moment <= timezone.now():
            raise forms.ValidationError(_("This time has passed. Choose a later one, or release now afterwards."))
        return moment

    def save_languages(self) -> None:
        wanted = {
            locale.pk: self.cleaned_data[self._name(locale)] == REQUIRED
            for locale in self.locales
            if self.cleaned_data[self._name(locale)] != NO
        }
        self.instance.languages.exclude(locale_id__in=wanted).delete()
        for locale_id, is_required in wanted.items():
            ReleaseLanguage.objects.update_or_create(
                release=self.instance, locale_id=locale_id, defaults={"is_required": is_required}
            )


class PageForm(forms.Form):
    """One more page."""

    page = forms.ModelChoiceField(Page.objects.none(), widget=PageChooser(), label=gettext_lazy("German page"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["page"].queryset = Page.objects.filter(locale__language_code=SOURCE_LANGUAGE, depth__gt=1)
