"""One planned release, so that the list has something to show: what is ready, and what is still missing."""

from datetime import datetime, time, timedelta

from django.utils import timezone
from wagtail.models import Locale, Page

from core.models import User
from demo.loader.desk import EDITOR
from demo.loader.references import References
from translations.models import Release, ReleaseLanguage
from translations.releases import planning

NAME = "Fachtag Kommunale Zusammenarbeit"
PAGES = ["aktuelles/drei-wege", "ueber-uns/zusammenarbeit"]
LANGUAGES = {"ar": True, "tr": True, "uk": False}


def load_release() -> None:
    """Once: what people have done with it since stays."""
    if Release.objects.filter(name=NAME).exists():
        return
    user, references = User.objects.get(username=EDITOR), References()
    release = Release.objects.create(name=NAME, go_live_at=_monday(), created_by=user, started_by=user)
    for language, is_required in LANGUAGES.items():
        locale = Locale.objects.get(language_code=language)
        ReleaseLanguage.objects.create(release=release, locale=locale, is_required=is_required)
    for page in PAGES:
        planning.add(release, Page.objects.get(pk=references.page(page)), user)


def _monday() -> datetime:
    """A Monday morning in about five weeks."""
    day = timezone.localdate() + timedelta(weeks=5)
    return timezone.make_aware(datetime.combine(day - timedelta(days=day.weekday()), time(9)))
