"""One text in Leichte Sprache: starting it, looking at what changed in German, and saying who has checked it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Page

from core.typed_text import plain_text
from translations.easy import places, record
from translations.editor.differences import differences
from translations.models import EasyText
from translations.rights import may_change, may_read


def create(request: HttpRequest, page_id: int) -> HttpResponse:
    page = get_object_or_404(Page, pk=page_id)
    if not places.may_create(request.user, page):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "translations/admin/easy_create.html", {"page": page})
    text = places.create(page, request.user)
    messages.success(request, _("The page is ready for your text. It is a draft until it is published."))
    return redirect("wagtailadmin_pages:edit", text.pk)


def text_or_404(page_id: int) -> Page:
    page = get_object_or_404(Page, pk=page_id)
    if not places.is_easy_text(page):
        raise PermissionDenied
    return page.specific


def change(request: HttpRequest, page_id: int) -> HttpResponse:
    """What is new on the German page, and the choice whether the text fits it."""
    text = text_or_404(page_id)
    german = record.german_page(text)
    writes = may_change(request.user, text) and may_read(request.user, german)
    if not writes and not may_change(request.user, german):
        raise PermissionDenied
    about = record.of(text)
    if request.method == "POST":
        if not places.may_answer_for(request.user, text):
            raise PermissionDenied
        record.still_fits(text)
        messages.success(request, _("The text counts as up to date with the German page."))
        return redirect("wagtailadmin_pages:edit", text.pk)
    context = {
        "text": text,
        "german": german,
        "about": about,
        "changes": [differences(change.before, change.after) for change in record.german_changes(about)],
        "may_answer": places.may_answer_for(request.user, text),
        "may_write": writes,
        "published": "published" in request.GET,
    }
    return render(request, "translations/admin/easy_change.html", context)


class DetailsForm(forms.ModelForm):
    checks_this_text = forms.BooleanField(
        label=gettext_lazy("The group has read the text as it is saved now"),
        required=False,
        help_text=gettext_lazy("When the text changes afterwards, it has to be checked again."),
    )

    class Meta:
        model = EasyText
        fields = ["checked_by", "checked_on", "checks_this_text", "has_seal", "picture_source"]
        widgets = {"checked_on": AdminDateInput}
        help_texts = {
            "checked_by": gettext_lazy("Name of the group of people with learning difficulties."),
            "has_seal": gettext_lazy("Only with a check: so the rules of the European logo say."),
            "picture_source": gettext_lazy("As the owner of the pictures wants to be named."),
        }

    def clean_checked_by(self):
        return _plain(self.cleaned_data["checked_by"])

    def clean_picture_source(self):
        return _plain(self.cleaned_data["picture_source"])

    def clean_checked_on(self):
        day = self.cleaned_data["checked_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("This day is still to come."))
        return day

    def clean(self):
        values = super().clean()
        by, on = values.get("checked_by"), values.get("checked_on")
        if not self.errors and bool(by) != bool(on):
            self.add_error("checked_on" if by else "checked_by", _("Name the group and the day, or neither."))
        if values.get("has_seal") and not (by and on):
            self.add_error("has_seal", _("The seal may stand on checked texts only."))
        if values.get("checks_this_text") and not (by and on):
            self.add_error("checks_this_text", _("Say who has read it, and when."))
        return values

    def save(self, commit=True):
        about = self.instance
        if self.cleaned_data["checks_this_text"] or not about.checked_by or not about.checked_on:
            record.note_check(about, by=about.checked_by, on=about.checked_on)
        about.save(
            update_fields=["checked_by", "checked_on", "checked_text", "has_seal", "picture_source", "updated_at"]
        )
        return about


def _plain(text: str) -> str:
    return plain_text(text) if text.strip() else ""


def details(request: HttpRequest, page_id: int) -> HttpResponse:
    """Shown to the public at once, so it takes the right to publish where the page is live."""
    text = text_or_404(page_id)
    if not places.may_answer_for(request.user, text):
        raise PermissionDenied
    about = record.of(text)
    form = DetailsForm(request.POST or None, instance=about)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("wagtailadmin_pages:edit", text.pk)
    return render(request, "translations/admin/easy_details.html", {"text": text, "form": form, "about": about})
