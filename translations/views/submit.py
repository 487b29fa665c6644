"""wagtail-localize's forms for submitting and updating, open to those who may, for the languages they may."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation
from wagtail_localize.views.submit_translations import (
    SubmitPageTranslationView,
    SubmitSnippetTranslationView,
    SubmitTranslationForm,
)
from wagtail_localize.views.update_translations import UpdateTranslationsForm, UpdateTranslationsView

from core.languages import SOURCE_LANGUAGE
from core.locales import language_of
from translations import outdated, publishing, submitting
from translations.board import scope, work
from translations.publishing import missing_texts
from translations.rights import SUBMIT, may_change, may_publish, may_read, target_locales


class OwnLanguagesForm(SubmitTranslationForm):
    def __init__(self, instance, user, *args, **kwargs):
        super().__init__(instance, *args, **kwargs)
        allowed = [locale.pk for locale in target_locales(user, instance)]
        self.fields["locales"].queryset = self.fields["locales"].queryset.filter(pk__in=allowed)
        self.fields["locales"].label = _("Languages")


class OwnLanguages:
    """Mixed into both submit views."""

    def dispatch(self, request, *args, **kwargs):
        source = self.get_object()
        if not request.user.has_perm(SUBMIT) or not may_read(request.user, source):
            raise PermissionDenied
        if language_of(source.locale_id) != SOURCE_LANGUAGE or not target_locales(request.user, source):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form(self):
        if self.request.method == "POST":
            return OwnLanguagesForm(self.object, self.request.user, self.request.POST)
        wished = Locale.objects.filter(language_code=self.request.GET.get("select_locale", "")[:20])
        return OwnLanguagesForm(self.object, self.request.user, initial={"locales": list(wished)})

    def form_valid(self, form):
        """The page at once, what is below it as a job."""
        locales = list(form.cleaned_data["locales"])
        submitting.submit([self.object], locales, self.request.user, self.components)
        names = ", ".join(locale.get_display_name() for locale in locales)
        messages.success(self.request, self.get_success_message(names))
        below = self._below() if form.cleaned_data.get("include_subtree") else []
        if below:
            return redirect("translations:job", work.request_all(Page, below, locales, self.request.user).pk)
        only = self.object.get_translation_or_none(locales[0]) if len(locales) == 1 else None
        return redirect(self.get_success_url() or self.get_default_success_url(only))

    def _below(self) -> list[tuple]:
        """In reading order, without what the user may not read."""
        if not isinstance(self.object, Page):
            return []
        pages = scope.pages_seen_by(self.request.user).descendant_of(self.object).order_by("path")
        return [*pages.values_list("translation_key", "title")]


class SubmitPage(OwnLanguages, SubmitPageTranslationView):
    pass


class SubmitTerm(OwnLanguages, SubmitSnippetTranslationView):
    pass


class UpdateForm(UpdateTranslationsForm):
    """Publishes into many languages at once: only where it may, and only complete texts."""

    def __init__(self, translations, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.translations, self.user = translations, user

    def clean_publish_translations(self):
        publish = self.cleaned_data["publish_translations"]
        if publish:
            self._check_rights()
            self._check_completeness()
        return publish

    def _check_rights(self):
        if not all(may_publish(self.user, translation.get_target_instance()) for translation in self.translations):
            self.add_error("publish_translations", _("You may not publish in all of these languages."))

    def _check_completeness(self):
        incomplete = [t.target_locale.get_display_name() for t in self.translations if missing_texts(t)]
        if incomplete:
            self.add_error(
                "publish_translations",
                _("Texts are still missing in: %(languages)s. They would appear in German.")
                % {"languages": ", ".join(incomplete)},
            )


class Update(UpdateTranslationsView):
    def dispatch(self, request, *args, **kwargs):
        try:
            source = self.get_object().get_source_instance()
        except ObjectDoesNotExist as error:
            raise Http404 from error
        if not request.user.has_perm(SUBMIT) or not may_change(request.user, source):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        """wagtail-localize would publish whatever is there, and keep to itself what did not fit."""
        outdated.take_over(self.object)
        self.object.update_from_db = lambda: None  # done, and dated
        wanted = form.cleaned_data["publish_translations"]
        response = super().form_valid(_without_publishing(form))
        for translation in form.translations if wanted else []:
            try:
                publishing.publish(translation, self.request.user)
            except (publishing.Refused, ValidationError) as refused:
                reason = "; ".join(getattr(refused, "messages", [str(refused)]))
                messages.error(self.request, f"{translation.target_locale.get_display_name()}: {reason}")
        return response

    def get_form(self):
        translations = Translation.objects.filter(source=self.object, enabled=True).select_related("target_locale")
        data = [self.request.POST] if self.request.method == "POST" else []
        return UpdateForm(list(translations), self.request.user, *data)


def _without_publishing(form: UpdateForm) -> UpdateForm:
    form.cleaned_data["publish_translations"] = False
    return form
