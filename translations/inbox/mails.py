"""Mails to the people who work on translations, each in the language they have chosen for the admin."""

import logging
from datetime import date, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext, override

from core.languages import SOURCE_LANGUAGE, direction
from core.models import User
from translations.assigning import fall_back, people_of
from translations.inbox import standing
from translations.inbox.tabs import tabs_for
from translations.inbox.waiting import waiting_for
from translations.inbox.work import Task
from translations.models import Assignment, DigestSettings

logger = logging.getLogger(__name__)

# No out-of-office replies, please (RFC 3834).
HEADERS = {"Auto-Submitted": "auto-generated"}


def language_for(user: User) -> str:
    """What the person has chosen for the admin, whoever causes the mail; else German."""
    profile = getattr(user, "wagtail_userprofile", None)
    chosen = profile.preferred_language if profile else ""
    return chosen if chosen in dict(settings.WAGTAILADMIN_PERMITTED_LANGUAGES) else SOURCE_LANGUAGE


def reachable():
    return User.objects.filter(is_active=True).exclude(email="").select_related("wagtail_userprofile")


def tell_urgent(rows: list[Assignment], by: User) -> int:
    """One mail to each of those who can do it, with all that concerns them; returns how many."""
    found = standing.standings(row.cell for row in rows)
    per_person: dict[int, list[Task]] = {}
    members = {}
    for row in rows:
        if row.cell in found:
            for pk in _concerned(row, members):
                per_person.setdefault(pk, []).append(Task.of(found[row.cell], row))
    users = reachable().filter(pk__in=per_person).exclude(pk=by.pk)
    for user in users:
        tasks = sorted(per_person[user.pk], key=lambda task: task.order)
        with override(language_for(user)):
            text = ngettext("Urgent: a translation is wanted", "Urgent: %(count)s translations are wanted", len(tasks))
            _send("urgent", user, text % {"count": len(tasks)}, {"tasks": tasks, "by": by})
    return len(users)


def _concerned(row: Assignment, members: dict) -> list[int]:
    """The person; without one, everybody in the group or language."""
    if row.person_id:
        return [row.person_id]
    key = row.locale_id, row.group_id
    if key not in members:
        people = people_of(row.locale_id).order_by()
        if row.group_id:
            people = people.filter(groups=row.group_id)
        members[key] = [*people.values_list("pk", flat=True)]
    return members[key]


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def send_digests(today: date | None = None) -> int:
    """What waits for each person, once a week, from Monday on; returns how many mails. Safe to repeat."""
    fall_back()
    week = monday(today or timezone.localdate())
    had_it = Q(translation_digest__week__gte=week) | Q(translation_digest__wants_digest=False)
    return sum(_try_digest(user, week) for user in reachable().exclude(had_it).order_by("pk"))


def _try_digest(user: User, week: date) -> bool:
    """A mail that fails keeps nobody else's back, and is tried again the next time."""
    try:
        return _digest(user, week)
    except Exception:
        logger.exception("The digest for user %s failed", user.pk)
        return False


def _digest(user: User, week: date) -> bool:
    """The week is taken in the transaction that holds the mail: no restart sends it twice, or never."""
    if not tabs_for(user):
        return False
    waiting = waiting_for(user)
    with transaction.atomic():
        DigestSettings.objects.get_or_create(user=user)
        mine = DigestSettings.objects.filter(user=user, wants_digest=True).exclude(week__gte=week)
        if not mine.update(week=week) or not waiting:
            return False
        with override(language_for(user)):
            _send("digest", user, gettext("Translations: your week"), {"waiting": waiting})
    return True


def _send(name: str, user: User, subject: str, context: dict) -> None:
    language = language_for(user)
    context = {
        **context,
        "user": user,
        "subject": subject,
        "language": language,
        "dir": direction(language),
        "base": settings.BASE_URL,
        "account": reverse("wagtailadmin_account"),
        "notes": reverse("translations:inbox_notes"),
    }
    text = render_to_string(f"translations/mails/{name}.txt", context)
    html = render_to_string(f"translations/mails/{name}.html", context)
    mail = EmailMultiAlternatives(" ".join(subject.split()), text, to=[user.email], headers=HEADERS)
    mail.attach_alternative(html, "text/html")
    mail.send()
