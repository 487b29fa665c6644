"""Fills the database and folders that the environment names: `python -m tests.journeys.build`."""

from unittest.mock import patch

import django
from django.core.management import call_command

ORGANISATIONS = 14


def main() -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_demo", organisations=ORGANISATIONS, verbosity=0)
    _add_page_of_every_block()
    _add_events_with_few_places()
    with patch("whitenoise.compress.brotli_installed", new=False):  # for ten seconds, and a little more on the way
        call_command("collectstatic", interactive=False, verbosity=0)


def _add_page_of_every_block() -> None:
    from home.models import ContentPage, HomePage
    from tests.every_block import every_block

    home = HomePage.objects.get(slug="home")
    page = ContentPage(title="Alle Bausteine", slug="alle-bausteine", summary="Jeder Baustein einmal.")
    page.body = every_block()
    home.add_child(instance=page)
    page.save_revision(clean=False).publish()
    _translate_a_part(page)


def _translate_a_part(page) -> None:
    """Into Arabic, with gaps that a lead has accepted."""
    from wagtail.models import Locale
    from wagtail_localize.models import StringSegment, StringTranslation, Translation
    from wagtail_localize.operations import translate_object

    from core.models import User
    from translations.publishing import publish

    arabic = Locale.objects.get(language_code="ar")
    translate_object(page, [arabic])
    work = Translation.objects.get(source__object_id=page.translation_key, target_locale=arabic)
    for number, segment in enumerate(StringSegment.objects.filter(source=work.source).order_by("order", "pk")):
        if segment.context.path in page.shown_elsewhere or number % 3 == 0:
            StringTranslation.objects.get_or_create(
                translation_of=segment.string,
                context=segment.context,
                locale=arabic,
                defaults={"data": f"نص {number}", "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL},
            )
    publish(work, User.objects.get(username="admin"), accept_gaps=True)


def _add_events_with_few_places() -> None:
    from datetime import timedelta

    from django.utils import timezone

    from campaigns.models import EventIndexPage, EventPage
    from core.languages import SOURCE_LANGUAGE

    index = EventIndexPage.objects.get(locale__language_code=SOURCE_LANGUAGE)
    starts = timezone.now().replace(microsecond=0) + timedelta(days=20)
    for slug, title, values in (
        ("kleine-runde", "Kleine Runde", {"capacity": 2, "online_url": "https://treffen.example.org/geheim"}),
        ("letzter-platz", "Letzter Platz", {"capacity": 1, "has_waiting_list": False}),
    ):
        page = EventPage(
            title=title,
            slug=slug,
            summary="Ein Termin mit wenigen Plätzen.",
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            registers_here=True,
            **values,
        )
        index.add_child(instance=page)
        page.save_revision(clean=False).publish()


if __name__ == "__main__":
    main()
