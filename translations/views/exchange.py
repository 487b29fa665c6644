"""Taking texts along as a file, and bringing the translated file back."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from core.languages import SOURCE_LANGUAGE
from translations.choosers import PageChooser
from translations.exchange import downloads, files, selection
from translations.exchange.entries import RefusedFile
from translations.exchange.outcomes import Outcome
from translations.models import TextFile
from translations.rights import is_administrator, is_locked, may_change
from translations.views.editor import target_of

FORMATS = [(downloads.XLIFF, gettext_lazy("XLIFF 2, for agencies and their tools")), (downloads.PO, "PO")]
OPEN, SECTION, PAGE = "open", "section", "page"
SCOPES = [
    (OPEN, gettext_lazy("Everything that is open or outdated")),
    (SECTION, gettext_lazy("A page and everything below it")),
    (PAGE, gettext_lazy("One page")),
]


class ExchangePage(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "download"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]


class ExportForm(forms.Form):
    language = forms.ModelChoiceField(
        Locale.objects.none(), to_field_name="language_code", label=gettext_lazy("Language"), empty_label=None
    )
    scope = forms.ChoiceField(choices=SCOPES, label=gettext_lazy("What"), initial=OPEN, widget=forms.RadioSelect)
    page = forms.ModelChoiceField(
        Page.objects.none(), required=False, widget=PageChooser(), label=gettext_lazy("German page")
    )
    format = forms.ChoiceField(
        choices=FORMATS, label=gettext_lazy("Format"), initial=downloads.XLIFF, widget=forms.RadioSelect
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.locales = selection.own_locales(user)
        self.fields["language"].queryset = Locale.objects.filter(pk__in=[locale.pk for locale in self.locales])
        self.fields["page"].queryset = Page.objects.filter(locale__language_code=SOURCE_LANGUAGE, depth__gt=1)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("scope") in (SECTION, PAGE) and not cleaned.get("page") and "page" not in self.errors:
            self.add_error("page", _("Choose a page."))
        if not self.errors:
            cleaned["translations"] = self._chosen(cleaned)
        return cleaned

    def _chosen(self, cleaned) -> list[Translation]:
        found, page = selection.own(self.user, cleaned["language"]), cleaned.get("page")
        if cleaned["scope"] == OPEN:
            found = selection.with_open_texts(found)
        elif cleaned["scope"] == SECTION:
            found = selection.of_pages(found, page.get_descendants(inclusive=True))
        else:
            found = selection.of_pages(found, Page.objects.filter(pk=page.pk))
        chosen = list(found[: downloads.MOST + 1])
        if not chosen:
            raise forms.ValidationError(_("There is nothing of that in translation in this language."))
        if len(chosen) > downloads.MOST:
            raise forms.ValidationError(_("More than %(count)s pages. Choose a section.") % {"count": downloads.MOST})
        return chosen


class Export(ExchangePage):
    """A form by GET, so that a download has an address: `?language=ar&scope=open&format=xliff`.

    Pages are chosen by `page` or, several of them, by `pages=1,2,3`; one translation by `translation`.
    """

    page_title = gettext_lazy("Download texts for translation")
    template_name = "translations/admin/export.html"

    def get(self, request, *args, **kwargs):
        if number := request.GET.get("translation"):
            return downloads.response([own_translation(request, number)], self._format())
        if not selection.own_locales(request.user):
            raise PermissionDenied
        if "pages" in request.GET:
            return self._selected(request)
        bound = "format" in request.GET
        self.form = ExportForm(request.user, request.GET if bound else None, initial=self._wish())
        if bound and self.form.is_valid():
            cleaned = self.form.cleaned_data
            return downloads.response(cleaned["translations"], cleaned["format"])
        return super().get(request, *args, **kwargs)

    def _format(self) -> str:
        wished = self.request.GET.get("format")
        return wished if wished in (downloads.PO, downloads.XLIFF) else downloads.XLIFF

    def _wish(self) -> dict:
        """What a link to the form already knows."""
        wish = {"language": self.request.GET.get("language", "")[:20]}
        page = _number(self.request.GET.get("page", ""))
        if page and Page.objects.filter(pk=page).exists():
            wish |= {"page": page, "scope": SECTION}
        return wish

    def _selected(self, request) -> HttpResponse:
        locale = get_object_or_404(Locale, language_code=request.GET.get("language", "")[:20].replace("\0", ""))
        numbers = [_number(text) for text in request.GET["pages"].split(",")]
        pages = Page.objects.filter(pk__in=numbers[: downloads.MOST])
        chosen = list(selection.of_pages(selection.own(request.user, locale), pages))
        if not chosen:
            messages.error(request, _("There is nothing of that in translation in this language."))
            return redirect("translations:export")
        return downloads.response(chosen, self._format())

    def get_context_data(self, **kwargs):
        return super().get_context_data(form=self.form, **kwargs)


class FilesField(forms.FileInput):
    allow_multiple_selected = True


class Import(ExchangePage):
    page_title = gettext_lazy("Upload translated files")
    header_icon = "upload"
    template_name = "translations/admin/import.html"

    def dispatch(self, request, *args, **kwargs):
        self.only = None
        if number := request.GET.get("translation") or request.POST.get("translation"):
            self.only = own_translation(request, number)
        elif not selection.own_locales(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        try:
            file = sent(request, self.only)
        except RefusedFile as refused:
            return self.render_to_response(self.get_context_data(error=str(refused)), status=422)
        return redirect("translations:import_report", file.key)

    def get_context_data(self, **kwargs):
        upload = FilesField(attrs={"multiple": True, "required": True, "accept": ".po,.xlf,.xliff"})
        return super().get_context_data(
            upload=upload.render("file", None, {"id": "id_file", "aria-describedby": "file-help"}),
            only=self.only,
            megabytes=files.decoding.MEGABYTES,
            **kwargs,
        )


def sent(request: HttpRequest, only: Translation | None) -> TextFile:
    if only and is_locked(request.user, target_of(only)):
        raise RefusedFile(_("The page is locked, for example because it is being reviewed."))
    file = files.store(request.FILES.getlist("file"), request.user, only)
    files.take_over(file, request.user)
    return file


class ImportReport(ExchangePage):
    header_icon = "upload"
    template_name = "translations/admin/import_report.html"

    def get_page_title(self):
        return self.file.names

    def get(self, request, key: UUID):
        seen = (
            TextFile.objects.all()
            if is_administrator(request.user)
            else TextFile.objects.filter(created_by=request.user)
        )
        self.file = get_object_or_404(seen, key=key)
        return super().get(request)

    def get_context_data(self, **kwargs):
        parts = list(self.file.parts.select_related("translation__target_locale", "translation__source"))
        for part in parts:
            part.url = reverse("translations:open", args=[part.translation_id]) if part.translation_id else ""
            part.summary = [(Outcome(name).label, count) for name, count in part.counts.items()]
            for row in part.rows:
                row["label"] = Outcome(row["outcome"]).label
        done = sum(bool(part.done_at) for part in parts)
        return super().get_context_data(file=self.file, parts=parts, done=done, total=len(parts), **kwargs)


def open_translation(request: HttpRequest, translation_id: int) -> HttpResponse:
    """To the editor of a translation, whatever it is a translation of."""
    return redirect(own_translation(request, str(translation_id)).get_target_instance_edit_url())


def own_translation(request: HttpRequest, number: str) -> Translation:
    related = ("source__locale", "target_locale")
    translation = get_object_or_404(Translation.objects.select_related(*related), pk=_number(number))
    if not may_change(request.user, target_of(translation)):
        raise PermissionDenied
    return translation


def _number(text: str) -> int:
    """An id from an address; none has the number 0."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def download_po_file(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Under wagtail-localize's address."""
    return downloads.response([own_translation(request, str(translation_id))], downloads.PO)


@require_POST
def upload_po_file(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Under wagtail-localize's address."""
    translation = own_translation(request, str(translation_id))
    try:
        file = sent(request, translation)
    except RefusedFile as refused:
        messages.error(request, str(refused))
        return redirect(translation.get_target_instance_edit_url())
    taken = sum(part.counts.get(Outcome.TAKEN, 0) for part in file.parts.all())
    said = ngettext("%(count)s text taken over.", "%(count)s texts taken over.", taken)
    messages.success(request, said % {"count": taken})
    return redirect("translations:import_report", file.key)
