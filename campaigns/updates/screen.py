"""Where an editor reads what signers are sent, tries it on themselves, sends it, and sees how far it has come."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import include, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log
from wagtail.models import Page

from campaigns.mailing import figures, planning
from campaigns.mailing.kinds import UNSUBSCRIBE, filled
from campaigns.mailing.letters import addressed
from campaigns.models import CampaignUpdatePage, Mailing
from campaigns.updates import letters
from core.addresses import absolute
from core.languages import LANGUAGE_NAMES, SOURCE_LANGUAGE, direction
from core.throttling import Limit

KIND = "campaign_update"
TESTS = Limit("campaign-update-test", 30, 60 * 60)


def page_buttons(page: Page, user, view_name=None, next_url=None):
    """A `register_page_header_buttons` hook."""
    if page.specific_class is CampaignUpdatePage and _may_look(user, page):
        german = page.specific.source
        yield Button(_("Tell those who signed"), reverse("campaign_updates:tell", args=[german.pk]), icon_name="mail")


def _may_look(user, page: Page) -> bool:
    permissions = page.permissions_for_user(user)
    return permissions.can_edit() or permissions.can_publish()


def german_update(user, pk: int) -> CampaignUpdatePage:
    update = get_object_or_404(CampaignUpdatePage, pk=pk)
    if update.source.pk != update.pk or not _may_look(user, update):
        raise Http404
    return update


class TellView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "campaigns/admin/tell.html"
    page_title = gettext_lazy("Tell those who signed")
    header_icon = "mail"
    _show_breadcrumbs = True

    def dispatch(self, request, *args, **kwargs):
        self.update = german_update(request.user, kwargs["page_id"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.update.title

    def get_breadcrumbs_items(self):
        edit = reverse("wagtailadmin_pages:edit", args=[self.update.pk])
        return [{"url": edit, "label": self.update.title}, {"url": "", "label": self.page_title}]

    @cached_property
    def mailing(self) -> Mailing | None:
        return Mailing.objects.filter(kind=KIND, about=self.update.pk).first()

    @cached_property
    def is_public(self) -> bool:
        return letters.public_update(self.update.pk) is not None

    @property
    def may_send(self) -> bool:
        return self.update.permissions_for_user(self.request.user).can_publish()

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Whom it goes to, by language."""
        rows = letters.readers(self.update).order_by().values_list("language").annotate(Count("pk"))
        return dict(rows)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context |= {"update": self.update, "mailing": self.mailing, "may_send": self.may_send}
        if self.is_public:
            context |= {"languages": self._languages(), "total": sum(self.numbers.values()), "is_public": True}
        if self.mailing:
            context |= {"progress": figures.progress(self.mailing), "outcome": self._outcome()}
        return context

    def _languages(self) -> list[dict]:
        translated = letters.versions(self.update)
        return [
            {
                "code": text.language,
                "dir": direction(text.language),
                "name": LANGUAGE_NAMES[text.language],
                "number": self.numbers.get(text.language, 0),
                "is_translated": text.language in translated,
                "subject": text.subject,
                "text": filled(text.text, self._links(text.language)),
            }
            for text in letters.texts(self.update)
        ]

    def _links(self, language: str) -> dict[str, str]:
        """In place of those that are a reader's own."""
        return {UNSUBSCRIBE: absolute(self.update, language)}

    def _outcome(self) -> list[tuple[str, int]]:
        labels = dict(self.mailing.deliveries.model.State.choices)
        return [(labels.get(state, state), number) for state, number in figures.by_outcome(self.mailing).items()]

    def post(self, request, *args, **kwargs):
        action = request.POST.get("action", "")
        if action in ("send", "cancel", "go_on") and not self.may_send:
            raise PermissionDenied
        step = {"test": self._test, "send": self._send, "cancel": self._cancel, "go_on": self._go_on}.get(action)
        if step:
            step()
        return redirect("campaign_updates:tell", self.update.pk)

    def _test(self) -> None:
        """To the address of whoever presses the button, and nowhere else."""
        wanted = self.request.POST.get("language", SOURCE_LANGUAGE)
        texts = {text.language: text for text in letters.texts(self.update)} if self.is_public else {}
        if wanted not in texts:
            messages.error(self.request, _("There is nothing to send yet: publish the update first."))
        elif not self.request.user.email:
            messages.error(self.request, _("Your account has no email address."))
        elif not TESTS.add(str(self.request.user.pk)):
            messages.error(self.request, _("You have sent many tests in the last hour. Please wait a while."))
        else:
            to, links = self.request.user.email, self._links(wanted)
            addressed(texts[wanted], settings.DEFAULT_FROM_EMAIL, to, links, headers={}).send()
            messages.success(self.request, _("The test goes to %(address)s.") % {"address": self.request.user.email})

    def _send(self) -> None:
        if not self.is_public:
            messages.error(self.request, _("There is nothing to send yet: publish the update first."))
        elif not self.request.POST.get("sure"):
            messages.error(self.request, _("Nothing was sent. Please tick that you have read the mail."))
        elif planning.plan(KIND, self.update.pk, self.update.title, self.request.user):
            log(self.update, "campaigns.told", user=self.request.user, data={"readers": sum(self.numbers.values())})
            messages.success(self.request, _("The mails go out now. You may leave this page."))
        else:
            messages.info(self.request, _("It was sent before. Nobody gets it twice."))

    def _cancel(self) -> None:
        if self.mailing and planning.cancel(self.mailing):
            messages.success(self.request, _("Stopped. Whoever has the mail keeps it; nobody else gets it."))

    def _go_on(self) -> None:
        if self.mailing and planning.go_on(self.mailing):
            messages.success(self.request, _("The mails go out now. You may leave this page."))


@xframe_options_sameorigin
def as_html(request: HttpRequest, page_id: int, language: str) -> HttpResponse:
    """The mail as a mail program shows it."""
    update = letters.public_update(german_update(request.user, page_id).pk)
    texts = {text.language: text for text in letters.texts(update)} if update else {}
    if language not in texts:
        raise Http404
    return HttpResponse(filled(texts[language].html, {UNSUBSCRIBE: absolute(update, language)}))


def admin_urls() -> list:
    """A `register_admin_urls` hook."""
    return [path("campaign-updates/", include((own, "campaign_updates")))]


own = [
    path("<int:page_id>/", TellView.as_view(), name="tell"),
    path("<int:page_id>/<slug:language>/", as_html, name="as_html"),
]
