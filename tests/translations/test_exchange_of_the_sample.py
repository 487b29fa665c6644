"""Every text of the sample site as a file: what is taken along and brought back unchanged changes nothing."""

from wagtail_localize.models import StringTranslation, Translation

from core.languages import EASY_LANGUAGE
from core.models import User
from translations.exchange import files, po, xliff
from translations.exchange.entries import texts_of


def test_every_page_of_the_sample_site_goes_down_and_up_unchanged(demo_site):
    before = list(StringTranslation.objects.order_by("pk").values_list("pk", "data", "updated_at"))
    user = User.objects.filter(is_superuser=True).first()
    translations = Translation.objects.filter(enabled=True).exclude(target_locale__language_code=EASY_LANGUAGE)
    assert translations.count() > 20
    by_locale = {}
    for each in translations.select_related("source", "target_locale"):
        by_locale.setdefault(each.target_locale, []).append(each)
    for locale, found in by_locale.items():
        texts = texts_of(found)
        parts = xliff.parse(xliff.write("de", locale.language_code, [(t, texts[t.pk]) for t in found]).decode())
        parts += [po.parse(po.write(t, texts[t.pk]).decode()) for t in found]
        uuids = {t.uuid: t for t in found}
        for part in parts:
            report = files.Taking(uuids[part.uuid], user).take(part.entries)
            assert set(report.counts) <= {"unchanged", "empty", "obsolete"}, report.rows
    assert list(StringTranslation.objects.order_by("pk").values_list("pk", "data", "updated_at")) == before
