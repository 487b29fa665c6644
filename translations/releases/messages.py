"""Mails about releases, each in the language of whoever gets it."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.languages import preferred_language
from core.models import User
from translations import roles
from translations.models import Release
from translations.releases.problems import Problem


def say_what_is_missing(release: Release, problems: list[Problem]) -> None:
    """To whoever made and started it: everything. To the leads of a language: what concerns it."""
    makers = {user.pk: user for user in (release.created_by, release.started_by) if user and user.is_active}
    for user in makers.values():
        _send(release, user, problems)
    by_lead: dict[User, list[Problem]] = {}
    for problem in problems:
        for lead in _leads(problem) if problem.is_for_leads else ():
            if lead.pk not in makers:
                by_lead.setdefault(lead, []).append(problem)
    for lead, own in by_lead.items():
        _send(release, lead, own)


def _leads(problem: Problem) -> Iterable[User]:
    return User.objects.filter(groups__name=roles.leads(problem.language), is_active=True).distinct()


def _send(release: Release, user: User, problems: list[Problem]) -> None:
    if not user.email:
        return
    with override(preferred_language(user)):
        address = settings.BASE_URL + reverse("translations:release", args=[release.pk])
        context = {"release": release, "problems": problems, "address": address, "user": user}
        text = render_to_string("translations/mail/release_held.txt", context)
        subject = _("The release “%(name)s” was held back") % {"name": " ".join(release.name.split())}
        EmailMessage(subject, text, to=[user.email]).send()
