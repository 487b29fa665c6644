"""What is done to many organisations at once, after a page that names them. Nothing happens to any of them where one
is not among those the user keeps."""

import io
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.log_actions import log

from core.languages import SOURCE_LANGUAGE
from core.spreadsheets import TYPES, XLSX
from organisations.coordination import confirm_by_phone, remind, sent_lately
from organisations.member_list.export import as_xlsx, rows
from organisations.models import DirectoryPage, OrganisationPage
from organisations.rights import organisations_of
from organisations.views.overview import matching

AT_ONCE = 200


class OrganisationsAction(BulkAction):
    models = [OrganisationPage]
    template_name = "organisations/admin/confirm_bulk.html"
    question = ""
    button = ""

    def __init__(self, request, model):
        super().__init__(request, model)
        if self.next_url == request.path:
            self.next_url = reverse("organisations_admin:overview")

    def dispatch(self, request, *args, **kwargs):
        self.chosen = self.choose()
        if self.chosen is None:
            messages.error(request, _("Nothing was done: not every organisation you chose is in your care."))
        elif not self.chosen:
            messages.warning(request, _("Nothing was done: no organisation was chosen."))
        elif len(self.chosen) > AT_ONCE:
            text = _("Nothing was done: please choose at most %(number)d organisations at once.")
            messages.error(request, text % {"number": AT_ONCE})
        else:
            return super().dispatch(request, *args, **kwargs)
        return redirect(reverse("organisations_admin:overview"))

    def choose(self) -> list[OrganisationPage] | None:
        """None where one of the wanted numbers is not one of this user's organisations."""
        wanted = self.request.GET.getlist("id")
        keys = {*matching(self.request)[: AT_ONCE + 1]} if "all" in wanted else self.numbers(wanted)
        if keys is None:
            return None
        own = organisations_of(self.request.user).filter(pk__in=keys).select_related("record").defer_streamfields()
        found = [*own.by_name()]
        return found if len(found) == len(keys) else None

    def numbers(self, wanted: list[str]) -> set[int] | None:
        if not all(pk.isascii() and pk.isdigit() and len(pk) < 19 for pk in wanted):
            return None
        return {*sorted({int(pk) for pk in wanted})[: AT_ONCE + 1]}

    def get_actionable_objects(self):
        hindrances = [(page, self.hindrance(page)) for page in self.chosen]
        possible = [page for page, hindrance in hindrances if not hindrance]
        return possible, {"left_out": [(page, hindrance) for page, hindrance in hindrances if hindrance]}

    def hindrance(self, page) -> str:
        """Why nothing can be done for this one."""
        return ""

    def get_execution_context(self):
        return {"user": self.request.user}

    def get_context_data(self, **kwargs):
        """The form names each organisation, so that what is done is what was shown."""
        query = urlencode([*(("id", page.pk) for page in self.chosen), ("next", self.next_url)])
        return super().get_context_data(**kwargs) | {
            "submit_url": f"{self.request.path}?{query}",
            "header_title": self.display_name,
            "question": self.question,
            "button": self.button,
        }


class ConfirmAction(OrganisationsAction):
    display_name = gettext_lazy("Confirmed by phone")
    action_type = "confirm"
    aria_label = gettext_lazy("Note that the chosen organisations confirmed their profiles by phone")
    action_priority = 20
    question = gettext_lazy("Did these organisations say that everything in their profile is right?")
    button = gettext_lazy("Yes, confirmed today")

    def hindrance(self, page):
        if page.status == OrganisationPage.CLOSED:
            return _("closed")
        return _("confirmed today already") if page.record.confirmed_on == timezone.localdate() else ""

    @classmethod
    def execute_action(cls, objects, user=None, **kwargs):
        return sum(confirm_by_phone(page, user) for page in objects), 0

    def get_success_message(self, number, _children):
        if not number:
            return _("There was nothing left to confirm.")
        return ngettext("%(number)d profile is confirmed.", "%(number)d profiles are confirmed.", number) % {
            "number": number
        }


class RemindAction(OrganisationsAction):
    display_name = gettext_lazy("Send the link")
    action_type = "remind"
    aria_label = gettext_lazy("Send the chosen organisations the link to their profile")
    action_priority = 10
    question = gettext_lazy("Send these organisations a mail with the link to confirm or change their profile?")
    button = gettext_lazy("Yes, send")

    def hindrance(self, page):
        if page.status == OrganisationPage.CLOSED:
            return _("closed")
        if not page.record.email:
            number = page.record.phone
            return _("no mailbox known; phone %(number)s") % {"number": number} if number else _("no mailbox known")
        return _("was sent a link in the last 24 hours") if page.pk in self.lately else ""

    @cached_property
    def lately(self) -> set[int]:
        return sent_lately(self.chosen)

    @classmethod
    def execute_action(cls, objects, user=None, **kwargs):
        return sum(remind(page, user) for page in objects), 0

    def get_success_message(self, number, _children):
        if not number:
            return _("Nobody was left to be sent a link.")
        return ngettext("%(number)d link is on its way.", "%(number)d links are on their way.", number) % {
            "number": number
        }


class ExportAction(OrganisationsAction):
    display_name = gettext_lazy("Export")
    action_type = "export"
    aria_label = gettext_lazy("Export the chosen organisations as a member list")
    action_priority = 30
    question = gettext_lazy("Export these organisations, with all their contact details, as an Excel file?")
    button = gettext_lazy("Yes, export")

    def prepare_action(self, objects, objects_without_access):
        chosen = organisations_of(self.request.user).filter(pk__in=[page.pk for page in objects]).by_name()
        directory = DirectoryPage.objects.filter(locale__language_code=SOURCE_LANGUAGE).first()
        log(directory, "organisations.exported", user=self.request.user, data={"format": XLSX, "rows": len(objects)})
        file = io.BytesIO()
        as_xlsx(rows(None, chosen), file)
        file.seek(0)
        name = f"organisationen-{timezone.localdate():%Y-%m-%d}.{XLSX}"
        return FileResponse(file, as_attachment=True, filename=name, content_type=TYPES[XLSX])
