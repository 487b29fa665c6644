"""What people of a language do with terms: read the German side, keep their own, take everything with them."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.log_actions import log
from wagtail.permissions import policy_registry

from core.languages import LANGUAGE_NAMES, direction
from translations import glossary_files
from translations.models import GlossaryTerm, GlossaryTranslation
from translations.models.glossary import Rule, wordings
from translations.viewsets import own_languages

FORMATS = {"tbx": (glossary_files.tbx, "application/xml"), "csv": (glossary_files.table, "text/csv; charset=utf-8")}
READ = {"view", "add", "change", "delete"}


class OwnWording(forms.ModelForm):
    """One language of one term; without a wording there is no translation."""

    class Meta:
        model = GlossaryTranslation
        fields = ["text", "instead", "note"]
        widgets = {"text": AdminAutoHeightTextInput}

    def __init__(self, *args, term: GlossaryTerm, language: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False
        if term.rule != Rule.AVOID:
            del self.fields["instead"]
        for name in self.fields:
            self.fields[name].widget.attrs |= {"lang": language, "dir": direction(language)}

    def clean_text(self):
        text = self.cleaned_data["text"]
        if text.strip() and not wordings(text):
            raise forms.ValidationError(_("Write at least one wording."))
        return text


def may_read(user) -> bool:
    return policy_registry.get_by_type(GlossaryTerm).user_has_any_permission(user, READ)


class TermView(WagtailAdminTemplateMixin, FormView):
    """The German side to read, and a form for one of the user's languages."""

    template_name = "translations/admin/term.html"
    form_class = OwnWording
    header_icon = "tag"
    success_url = reverse_lazy("wagtailsnippets_translations_glossaryterm:list")
    _show_breadcrumbs = True

    def dispatch(self, request, pk, language="", **kwargs):
        self.languages = own_languages(request.user)
        if not may_read(request.user) or not self.languages or language not in {"", *self.languages}:
            raise PermissionDenied
        self.term = get_object_or_404(GlossaryTerm, pk=pk)
        self.language = language or self.languages[0]
        return super().dispatch(request, pk=pk, language=language, **kwargs)

    def get_page_title(self):
        return self.term.term

    def get_breadcrumbs_items(self):
        above = {"url": self.success_url, "label": GlossaryTerm._meta.verbose_name_plural.capitalize()}
        return [*super().get_breadcrumbs_items(), above, {"url": "", "label": self.term.term}]

    def get_form_kwargs(self):
        translation = self.term.translations.filter(language=self.language).first()
        return super().get_form_kwargs() | {"term": self.term, "language": self.language, "instance": translation}

    def form_valid(self, form):
        _keep(self.term, self.language, form.cleaned_data, self.request.user)
        names = {"term": self.term.term, "language": LANGUAGE_NAMES[self.language]}
        messages.success(self.request, _("Saved: “%(term)s” in %(language)s.") % names)
        return redirect(self.success_url)

    def get_context_data(self, **kwargs):
        others = [other for other in self.term.translations.all() if other.language != self.language]
        return super().get_context_data(
            term=self.term,
            language=self.language,
            language_name=LANGUAGE_NAMES[self.language],
            languages=[(code, LANGUAGE_NAMES[code]) for code in self.languages],
            others=others,
            index_url=self.success_url,
            **kwargs,
        )


@transaction.atomic
def _keep(term: GlossaryTerm, language: str, values: dict, user) -> None:
    if values["text"].strip():
        GlossaryTranslation.objects.update_or_create(glossary_term=term, language=language, defaults=values)
    else:
        for translation in term.translations.filter(language=language):
            translation.delete()
    log(instance=term, action="wagtail.edit", user=user, data={"language": language, **values})


def export(request: HttpRequest, format: str) -> HttpResponse:  # noqa: A002  (the name in the address)
    if not may_read(request.user):
        raise PermissionDenied
    if format not in FORMATS:
        raise Http404
    glossary = glossary_files.terms()
    if not glossary:
        messages.warning(request, _("There are no terms yet."))
        return redirect("wagtailsnippets_translations_glossaryterm:list")
    write, content_type = FORMATS[format]
    response = HttpResponse(write(glossary), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="glossary.{format}"'
    return response
