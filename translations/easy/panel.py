"""The panel of Leichte Sprache beside the fields of Wagtail's own page editor."""

from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page

from translations.easy import record
from translations.easy.german import fingerprint
from translations.easy.places import is_easy_text, may_answer_for
from translations.easy.rules import rules


class Module:
    """A script that the browser loads as a module."""

    def __init__(self, path: str):
        self.path = path

    def __html__(self) -> str:
        return format_html('<script type="module" src="{}"></script>', static(self.path))

    def __eq__(self, other):
        return isinstance(other, Module) and other.path == self.path

    def __hash__(self):
        return hash(self.path)


class EasySidePanel(BaseSidePanel):
    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Toggle Leichte Sprache")
        icon_name = "openquote"

    name = "easy"
    title = "Leichte Sprache"
    template_name = "translations/admin/easy_panel.html"
    order = 50

    @property
    def media(self):
        return Media(css={"all": ["translations/easy.css"]}, js=[Module("translations/easy.js")])

    def get_context_data(self, parent_context):
        text = self.object
        about = record.of(text)
        known = {
            rule.name: {"title": rule.title, "why": rule.why, "bad": rule.bad, "good": rule.good, "source": rule.source}
            for rule in rules().values()
        }
        return super().get_context_data(parent_context) | {
            "about": about,
            "may_answer": may_answer_for(self.request.user, text),
            "check_holds": bool(about.checked_text) and about.checked_text == fingerprint(text),
            "data": {
                "hints": reverse("translations:easy_hints", args=[text.pk]),
                "putAside": reverse("translations:easy_put_aside", args=[text.pk]),
                "rules": known,
                "labels": _labels(),
            },
        }


def _labels() -> dict[str, str]:
    """What the script says, in the user's language."""
    return {
        "instead": _("Better:"),
        "why": _("Why?"),
        "bad": _("Hard:"),
        "good": _("Easy:"),
        "source": _("Rule from:"),
        "show": _("Show the place"),
        "aside": _("Put aside"),
        "back": _("Show again"),
        "none": _("Nothing to complain about."),
        "count": _("Hints: {count}"),
        "asideCount": _("Put aside: {count}"),
        "failed": _("The check did not work just now. It is tried again when you go on writing."),
        "tooLong": _("The text is too long to be checked at once."),
    }


class EasyEditView(EditView):
    def run_hook(self, hook_name, *args, **kwargs):
        """The hooks before editing have been asked: one of them has led here."""
        return None if hook_name == "before_edit_page" else super().run_hook(hook_name, *args, **kwargs)

    def get_side_panels(self):
        panels = super().get_side_panels()
        if self.expects_json_response or self.hydrate_create_view:
            return panels
        return MediaContainer([*panels, EasySidePanel(self.page, self.request)])


def before_edit_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail offers no way to add a side panel, other than the page editor itself."""
    if not is_easy_text(page):
        return None
    found = request.resolver_match.kwargs
    return EasyEditView.as_view()(request, **{**found, "page_id": page.pk})


def after_publish_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Whoever publishes a text whose German page has changed says whether it fits again: nobody guesses that."""
    if is_easy_text(page) and record.of(page).is_outdated and may_answer_for(request.user, page):
        return redirect(reverse("translations:easy_change", args=[page.pk]) + "?published=1")
    return None
