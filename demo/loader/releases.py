"""One planned release, so that the list has something to show: what is ready, and what is still missing."""

from datetime import datetime, time, timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Locale

from campaigns.models import ProjectPage
from news.models import NewsPage
from translations.models import Release, ReleaseLanguage
from translations.releases import planning

NAME = "Internationale Wochen gegen Rassismus"
LANGUAGES = {"ar": True, "tr": True, "uk": False}


def load_release() -> bool:
    if Release.objects.filter(name=NAME).exists():
        return False
    user = get_user_model().objects.filter(username="redaktion").first()
    pages = [model.objects.listed().order_by("path").first() for model in (NewsPage, ProjectPage)]
    if not user or not all(pages):
        return False
    release = Release.objects.create(name=NAME, go_live_at=_monday(), created_by=user, started_by=user)
    for language, is_required in LANGUAGES.items():
        locale = Locale.objects.get(language_code=language)
        ReleaseLanguage.objects.create(release=release, locale=locale, is_required=is_required)
    for page in pages:
        planning.add(release, page, user)
    return True


def _monday():
    """A Monday morning in five weeks."""
    day = timezone.localdate() + timedelta(weeks=5)
    day -= timedelta(days=day.weekday())
    return timezone.make_aware(datetime.combine(day, time(9)))
