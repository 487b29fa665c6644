"""Everything in the admin that brings a translation to the public passes through here and asks what has to be asked."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import Translation

from core.publication import NotReady
from translations import provenance, publishing
from translations.models import Provenance
from translations.publishing import Incomplete, Missing, Refused, Unreviewed

ACCEPT, REVIEWED = "accept_gaps", "reviewed"


def publish(request: HttpRequest, translation: Translation, target: TranslatableMixin) -> HttpResponse:
    """What the button of the editor does."""
    choice = {name: name in request.POST for name in (ACCEPT, REVIEWED)}
    try:
        published = publishing.publish(translation, request.user, **choice)
    except Incomplete as refused:
        return ask(request, target, missing=refused.missing, kept={"action": "publish", REVIEWED: choice[REVIEWED]})
    except Unreviewed as refused:
        return ask(request, target, unreviewed=refused.texts, kept={"action": "publish", ACCEPT: choice[ACCEPT]})
    except Refused as refused:
        messages.error(request, str(refused))
    except NotReady as refused:
        messages.error(request, " ".join(refused.messages))
    except ValidationError as error:
        messages.error(request, _("A text does not fit its field: %(reason)s") % {"reason": "; ".join(error.messages)})
    else:
        names = {"title": str(published), "language": translation.target_locale.get_display_name()}
        messages.success(request, _("“%(title)s” is published in %(language)s.") % names)
    return redirect(request.path)


def ask(
    request: HttpRequest,
    target: TranslatableMixin,
    *,
    missing: list[Missing] = (),
    unreviewed: list[provenance.Text] = (),
    kept: dict | None = None,
) -> HttpResponse:
    """A page that names the texts in question. Gaps where nothing can mark them as German are not offered."""
    context = {
        "target": target,
        "title": target.get_admin_display_title() if isinstance(target, Page) else str(target),
        "gaps": [text for text in missing if not text.shown_elsewhere],
        "needed": [text for text in missing if text.shown_elsewhere],
        "unreviewed": unreviewed,
        "kept": {name: value for name, value in (kept or {}).items() if value},
        "back": request.POST.get("next") or request.path,
    }
    return render(request, "translations/admin/publish.html", context)


class WorkflowAction(WorkflowActionView):
    """Approving publishes, so a lead is asked about gaps here, too. Machine texts are reviewed by approving them."""

    def post(self, request, *args, **kwargs):
        try:
            return self._approve(request, *args, **kwargs)
        except NotReady as refused:
            return self._refuse(" ".join(refused.messages))

    def _approve(self, request, *args, **kwargs):
        gaps = self._gaps() if self.action_name == "approve" else []
        if not gaps:
            return super().post(request, *args, **kwargs)
        if ACCEPT not in request.POST or any(gap.shown_elsewhere for gap in gaps):
            return self._ask(gaps)
        response = super().post(request, *args, **kwargs)
        Provenance.objects.filter(pk=self.object.pk, gap_count__gt=0).update(gaps_accepted_by=request.user)
        return response

    def _gaps(self) -> list[Missing]:
        translation = provenance.translation_of(self.object)
        if translation is None or not translation.enabled or not self.task_state.revision:
            return []
        draft = self.task_state.revision.as_object()
        return publishing.gaps_of(draft, translation)

    def _refuse(self, reason: str) -> HttpResponse:
        """In the window for the comment, or on the page the approval was given from."""
        if self.form_class and self.request.headers.get("x-requested-with") == "XMLHttpRequest":
            form = self.form_class(self.request.POST)
            form.add_error(None, reason)
            return self.render_modal_form(self.request, form)
        messages.error(self.request, reason)
        return redirect(self.redirect_url)

    def _ask(self, gaps: list[Missing]) -> HttpResponse:
        if self.request.headers.get("x-requested-with") == "XMLHttpRequest":
            return self._refuse(_("Texts are missing. Approve without a comment to see which."))
        kept = {name: self.request.POST.get(name) for name in ("next", "comment")}
        return ask(self.request, self.object, missing=gaps, kept=kept)


def before_bulk_action(request: HttpRequest, action_type: str, objects: list, action) -> HttpResponse | None:
    """Wagtail would publish the last draft of each page; that of a translation is full of German.

    And of many pages at once it would stop at the first that is not ready, without a word.
    """
    if action_type != "publish" or not issubclass(action.model, Page):
        return None
    pages = _chosen(request.user, objects, action.cleaned_form.cleaned_data.get("include_descendants"))
    done = 0
    for page in pages:
        try:
            _publish_one(page, request.user)
        except (Refused, ValidationError) as refused:
            messages.error(request, f"{page.get_admin_display_title()}: {_reason(refused)}")
        else:
            done += 1
    if done:
        text = ngettext("%(count)s page is published.", "%(count)s pages are published.", done)
        messages.success(request, text % {"count": done})
    return redirect(action.next_url)


@transaction.atomic
def _publish_one(page: Page, user) -> None:
    if translation := _kept_in_step(page):
        publishing.publish(translation, user)
    else:
        (page.get_latest_revision() or page.specific.save_revision(user=user)).publish(user=user)


def _chosen(user, objects: list, with_descendants: bool) -> list[Page]:
    pages = list(objects)
    if with_descendants:
        below = [page for chosen in objects for page in chosen.get_descendants().not_live()]
        pages += [page for page in below if page.permissions_for_user(user).can_publish()]
    return list({page.pk: page for page in pages}.values())


def _kept_in_step(page: Page) -> Translation | None:
    translation = provenance.translation_of(page)
    return translation if translation and translation.enabled and not page.alias_of_id else None


def _reason(refused: Exception) -> str:
    return "; ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused)
