"""Makes the pictures of the documentation: `python -m tests.pictures http://127.0.0.1:8000 docs/pictures`.

As make pictures does, beside make run: it works on the sample site that is being served, and leaves some work there.
"""

import os
import sys
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import django
from PIL import Image
from playwright.sync_api import Error, sync_playwright

WIDTH, HEIGHT = 1280, 860
COLOURS = 96
OUTDATED = "ueber-uns/leistungen"
EASY = "ueber-uns/aufgaben"
RELEASED = ("projekte/kiwit", "aktuelles/fuenf-projekte")
ADDED = " Alle Angebote kosten nichts."


def german(path):
    from wagtail.models import Page

    return Page.objects.get(url_path__endswith=f"/{path}/", locale__language_code="de").specific


def translated(path, language):
    from wagtail_localize.models import Translation

    return Translation.objects.filter(
        source__object_id=german(path).translation_key, target_locale__language_code=language, enabled=True
    ).first()


def prepare():
    """Something to see: an outdated page that somebody is to translate by Friday, and a release."""
    from django.utils import timezone
    from wagtail.models import Locale

    from core.models import User
    from translations import assigning
    from translations.models import Release, ReleaseLanguage
    from translations.releases import planning

    admin, amal = User.objects.get(username="admin"), User.objects.get(username="uebersetzung-ar")
    page, arabic = german(OUTDATED), Locale.objects.get(language_code="ar")
    if ADDED not in page.summary:
        page.summary += ADDED
        page.save_revision(user=admin).publish(user=admin)
    due = timezone.localdate() + timedelta(days=3)
    assigning.assign([(page.translation_key, arabic.pk)], person=amal, due=due, urgent=True, by=admin)
    release, created = Release.objects.get_or_create(
        name="Woche des Engagements",
        defaults={"go_live_at": timezone.now() + timedelta(days=6), "created_by": admin, "started_by": admin},
    )
    if created:
        for code, required in (("ar", True), ("tr", True), ("en", False)):
            locale = Locale.objects.get(language_code=code)
            ReleaseLanguage.objects.create(release=release, locale=locale, is_required=required)
        for path in RELEASED:
            planning.add(release, german(path), admin)
    return release


class Camera:
    def __init__(self, chromium, base, folder):
        self.base, self.folder = base, folder
        self.context = chromium.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="de-DE")
        self.context.set_default_timeout(60_000)
        self.page = self.context.new_page()

    def log_in(self, username):
        from demo.users import logins

        password = next(login.password for login in logins() if login.username == username)
        self.context.clear_cookies()
        self.page.goto(f"{self.base}/admin/login/")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", password)
        self.page.click("[type=submit]")
        self.page.wait_for_url(f"{self.base}/admin/")

    def take(self, name, address="", **options):
        if address:
            self.page.goto(self.base + address, wait_until="networkidle")
        picture = Image.open(BytesIO(self.page.screenshot(animations="disabled", **options)))
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(self.folder / f"{name}.png", optimize=True)

    def type_easily(self):
        """The panel of hints, with something to say."""
        self.page.click("[data-side-panel-toggle=easy]")
        editor = self.page.locator(".public-DraftEditor-content").first
        editor.click()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(" Die Räume werden geputzt. Wir haben zwölf Räume, z. B. für die Hausaufgabenhilfe.")
        self.page.locator(".easy-hint", has_text="Passiv").wait_for()
        self.page.locator(".easy-hint", has_text="Passiv").locator("summary").click()


def main(base, folder):
    from django.urls import reverse
    from wagtail.models import Page

    release = prepare()
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    arabic = translated(OUTDATED, "ar")
    easy = Page.objects.get(translation_key=german(EASY).translation_key, locale__language_code="de-simple")
    from tests.conftest import CHROMIUM, FLAGS  # only now: it points the settings to a test's folder

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        camera = Camera(chromium, base, folder)
        camera.log_in("uebersetzung-ar")
        camera.take("inbox", reverse("translations:inbox"))
        if arabic:
            camera.take("editor", arabic.get_target_instance_edit_url())
        camera.log_in("admin")
        camera.take("board", reverse("translations:board"))
        camera.take("release", reverse("translations:release", args=[release.pk]))
        camera.take("machine", reverse("translations:machine"))
        camera.take("terms", reverse("wagtailsnippets_translations_glossaryterm:list"))
        camera.take("easy-overview", reverse("translations:easy"))
        camera.page.goto(base + reverse("wagtailadmin_pages:edit", args=[easy.pk]))
        camera.type_easily()
        camera.take("easy-panel")
        camera.take("easy-page", f"/de-simple/{EASY}/")
        chromium.close()
    for picture in sorted(folder.glob("*.png")):
        print(f"{picture}: {picture.stat().st_size // 1024} KB")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    django.setup()
    try:
        main(*sys.argv[1:])
    except Error as error:
        sys.exit(f"{error}\nIs the site running? (make run)")
