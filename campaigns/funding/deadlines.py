"""Sixty and thirty days before a funding ends its people are told: once each, by mail and on the first page of the admin."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page
from wagtail.permissions import policy_registry

from campaigns.desk.rights import pages_of
from campaigns.models import FundingPeriod, FundingTask, ProjectPage
from core.languages import SOURCE_LANGUAGE, preferred_language
from core.models import User

DAYS = (60, 30)


def remind(today: date | None = None) -> int:
    """How many tasks were made. Safe to repeat; what was missed for some days is made up for."""
    today = today or timezone.localdate()
    return sum(_remind_of(period, today) for period in _ending(today))


def _ending(today: date) -> QuerySet[FundingPeriod]:
    return FundingPeriod.objects.filter(
        page__live=True,
        page__locale__language_code=SOURCE_LANGUAGE,
        ends_on__gte=today,
        ends_on__lte=today + timedelta(days=max(DAYS)),
    ).select_related("page")


@transaction.atomic
def _remind_of(period: FundingPeriod, today: date) -> bool:
    """Whoever makes the row sends the mails, in the same transaction: of two commands at once one does."""
    days = min(days for days in DAYS if period.ends_on <= today + timedelta(days=days))
    _task, is_new = FundingTask.objects.get_or_create(period=period, ends_on=period.ends_on, days=days)
    if is_new:
        for user in staff_of(period.page):
            _mail(user, period, (period.ends_on - today).days)
    return is_new


def staff_of(project: ProjectPage) -> Iterable[User]:
    """Its author and whoever is named for it, as long as they may change it; where nobody is left, the office."""
    policy = policy_registry.get_by_type(Page)
    able = policy.users_with_permission_for_instance("change", project).filter(is_active=True)
    named = able.filter(pk__in=[project.owner_id, *project.responsibilities.values_list("user", flat=True)])
    return named.distinct() or policy.users_with_permission_for_instance("publish", project).filter(is_active=True)


def _mail(user: User, period: FundingPeriod, days_left: int) -> None:
    if not user.email:
        return
    with override(preferred_language(user)):
        context = {
            "project": period.page.title,
            "period": period,
            "days": days_left,
            "edit": settings.BASE_URL + reverse("wagtailadmin_pages:edit", args=[period.page_id]),
            "proof": settings.BASE_URL + reverse("campaigns_admin:proof_packs", args=[period.page_id]),
        }
        names = {"project": " ".join(period.page.title.split())}
        subject = _("Funding ends soon: %(project)s") % names
        text = render_to_string("campaigns/mails/funding_ends.txt", context)
        EmailMessage(subject, text, to=[user.email]).send()


def tasks_of(user) -> list[FundingTask]:
    """Open ones of the user's own projects, one for each period: the latest. Those of an end that was put off are void."""
    tasks = FundingTask.objects.filter(
        period__page__in=pages_of(user, ProjectPage), ends_on=F("period__ends_on"), done_at=None
    )
    latest = {task.period_id: task for task in tasks.select_related("period__page").order_by("-days")}
    return sorted(latest.values(), key=lambda task: (task.ends_on, task.pk))


def finish(task: FundingTask, user) -> bool:
    """Done is done for every moment the same end was told at; False where somebody was faster."""
    same = FundingTask.objects.filter(period=task.period_id, ends_on=task.ends_on, done_at=None)
    return bool(same.update(done_at=timezone.now(), done_by=user))
