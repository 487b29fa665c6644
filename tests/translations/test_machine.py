"""Machine translation against a real HTTP server: what it fills, what it leaves, and what happens when it fails."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import unescape

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from wagtail_localize.models import StringSegment, StringTranslation

from tests.translations import machine_server, small_site
from tests.translations.machine_server import body, status, translated
from tests.translations.work import (
    change_source,
    edit_url,
    localize,
    put,
    said,
    segment_url,
    submit,
    target,
    translation,
)
from translations import jobs, publishing
from translations.machine import asking, budget, filling, starting
from translations.machine.providers import PROVIDERS, available, provider_for
from translations.machine.verifying import verified
from translations.models import GlossaryTerm, GlossaryTranslation, Job, MachineUse

BODY = [
    ("text", "<p>Der <b>Verbund</b> hat 14 <a href='https://example.org/'>Vereine</a>.</p>"),
    ("text", "<p>Samo.fa hilft.</p>"),
]
SERVICES = {"libretranslate": "LibreTranslate", "deepl": "DeepL", "google": "Google"}


@pytest.fixture(scope="module")
def service():
    with machine_server.serving() as started:
        yield started


@pytest.fixture(scope="module")
def prepared(small_snapshot, django_db_blocker):
    with django_db_blocker.unblock():
        with transaction.atomic():
            small_snapshot.restore()
            site, people = small_site.site(), small_site.people()
            page = change_source(site.pages["ueber-uns"], body=BODY)
            submit(people["admin"], page, site.locales["ar"], site.locales["tr"])
            for name, rule, arabic in (("Verbund", "use", "شبكة"), ("Samo.fa", "keep", "")):
                term = GlossaryTerm.objects.create(term=name, rule=rule)
                if arabic:
                    GlossaryTranslation.objects.create(glossary_term=term, language="ar", text=arabic)
            yield site, people, page
            transaction.set_rollback(True)
        cache.clear()


@pytest.fixture
def work(prepared, db, settings, service, monkeypatch):
    """About us, sent into translation into Arabic, and a service that translates."""
    settings.MACHINE_LANGUAGES = {"*": "libretranslate"}
    settings.MACHINE_PROVIDERS = {name: {"url": service.url, "key": ""} for name in SERVICES}
    settings.MACHINE_TIMEOUT = 0.2
    monkeypatch.setattr(asking, "BACK_OFF", 0)
    service.__init__()
    site, people, page = prepared
    with transaction.atomic():
        yield Work(site, people, page)
        transaction.set_rollback(True)
    cache.clear()


class Work:
    def __init__(self, site, people, page):
        self.site, self.people, self.page = site, people, page
        self.arabic = translation(page, site.locales["ar"])
        self.turkish = translation(page, site.locales["tr"])

    def run(self, role="translator_ar", chosen=None):
        return starting.request([chosen or self.arabic], self.people[role].user)

    def texts(self):
        rows = StringTranslation.objects.filter(locale=self.arabic.target_locale).select_related("translation_of")
        return {row.translation_of.data: row for row in rows}

    def problems(self, job):
        return "\n".join(job.items.exclude(problem="").values_list("problem", flat=True))

    def used(self):
        return budget.used().get("ar", 0)


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_fills_all_texts_with_names_terms_and_markup_intact(work, service, settings, name):
    settings.MACHINE_LANGUAGES = {"ar": name}
    settings.MACHINE_PROVIDERS[name]["key"] = service.key = "secret"
    job = work.run()
    assert (job.state, work.problems(job)) == (Job.DONE, "")
    texts = work.texts()
    assert texts['Der <b>Verbund</b> hat 14 <a id="a1">Vereine</a>.'].data == (
        'reD <b>شبكة</b> tah 14 <a id="a1">eniereV</a>.'
    )
    assert texts["Samo.fa hilft."].data == "Samo.fa tflih."
    assert {row.translation_type for row in texts.values()} == {StringTranslation.TRANSLATION_TYPE_MACHINE}
    assert {row.tool_name for row in texts.values()} == {SERVICES[name]}
    assert len(service.requests) == 1
    assert work.arabic.get_progress() == (4, 4)


@pytest.mark.parametrize(
    ("name", "codes"), [("deepl", ["AR", "EN-GB"]), ("libretranslate", ["ar", "en"]), ("google", ["ar", "en"])]
)
def test_languages_have_the_names_that_the_service_knows(work, service, name, codes):
    provider = PROVIDERS[name](service.url, "")
    assert provider.translate(["Guten Tag"], "ar") == ["netuG gaT"]
    assert provider.translate(["Guten Tag"], "en") == ["netuG gaT"]
    assert [request["language"] for request in service.requests] == codes


def test_what_a_person_wrote_stays_and_is_not_sent(work, service):
    segment = StringSegment.objects.filter(source=work.arabic.source).first()
    put(work.people["translator_ar"], segment_url(work.arabic, segment), value="من نحن")
    work.run()
    assert work.texts()[segment.string.data].data == "من نحن"
    assert segment.string.data not in service.texts


def test_what_a_person_writes_while_the_machine_works_stays(work, monkeypatch):
    segment = StringSegment.objects.filter(source=work.arabic.source).first()
    original = filling._ask

    def ask(sources, language, provider):
        answers = original(sources, language, provider)
        put(work.people["translator_ar"], segment_url(work.arabic, segment), value="من نحن")
        return answers

    monkeypatch.setattr(filling, "_ask", ask)
    work.run()
    row = work.texts()[segment.string.data]
    assert (row.data, row.translation_type) == ("من نحن", StringTranslation.TRANSLATION_TYPE_MANUAL)


def test_a_second_run_sends_nothing(work, service):
    work.run()
    work.run()
    assert len(service.requests) == 1


def test_another_service_replaces_the_first_ones_texts(work, service, settings):
    work.run()
    settings.MACHINE_LANGUAGES = {"*": "deepl"}
    work.run()
    assert {row.tool_name for row in work.texts().values()} == {"DeepL"}


def test_a_changed_german_text_is_the_only_one_sent_again(work, service):
    work.run()
    service.requests.clear()
    change_source(work.page, summary="Wer wir heute sind.")
    work.run()
    assert service.texts == ["Wer wir heute sind."]


def test_long_pages_go_in_pieces(work, service, monkeypatch):
    change_source(work.page, body=[("text", f"<p>Absatz {number} sagt etwas.</p>") for number in range(90)])
    work.run()
    assert [len(request["texts"]) for request in service.requests] == [40, 40, 12]
    service.requests.clear()
    monkeypatch.setattr(filling, "MOST_CHARACTERS", 1000)
    work.run("lead_tr", work.turkish)
    assert max(sum(len(text) for text in request["texts"]) for request in service.requests) <= 1100
    assert work.turkish.get_progress() == (92, 92)


# --- Faults of the service -------------------------------------------------------------------------------------------------

PASSING = {
    "busy": status(429, Retry_After="0"),
    "out of order": status(500),
    "closing the connection": machine_server.closing,
    "hanging": machine_server.hanging,
    "dripping": machine_server.dripping,
}


@pytest.mark.parametrize("fault", PASSING)
def test_a_passing_fault_is_got_over(work, service, fault):
    service.answers = [PASSING[fault], machine_server.slow]
    job = work.run()
    assert work.problems(job) == ""
    assert len(service.requests) == 2
    assert work.arabic.get_progress() == (4, 4)


LASTING = {
    "busy for long": ([status(429)] * 3, "HTTP 429", 3),
    "busy for an hour": ([status(429, Retry_After="3600")], "HTTP 429", 1),
    "busy until tomorrow": (
        [status(503, Retry_After=format_datetime(datetime.now(UTC) + timedelta(days=1)))],
        "HTTP 503",
        1,
    ),
    "nonsense about when": ([status(503, Retry_After="bald")] * 3, "HTTP 503", 3),
    "out of order": ([status(500)] * 3, "HTTP 500", 3),
    "hanging": ([machine_server.hanging] * 3, "antwortet nicht|does not answer", 3),
    "closing the connection": ([machine_server.closing] * 3, "antwortet nicht|does not answer", 3),
    "no JSON": ([body(b"<html>")], "cannot be read|nicht zu lesen", 1),
    "JSON of another shape": ([body([1, 2])], "cannot be read|nicht zu lesen", 1),
    "nothing in it": ([body({})], "other texts|andere Texte", 1),
    "fewer texts": ([machine_server.fewer], "other texts|andere Texte", 1),
    "no texts": ([body({"translatedText": [1, None, {}, 4]})], "other texts|andere Texte", 1),
    "a redirect": ([status(302, Location="http://127.0.0.1:9/")], "cannot be read|nicht zu lesen", 1),
    "not that language": ([status(400)], "HTTP 400", 1),
    "too large": ([status(413)], "HTTP 413", 1),
    "quota used up": ([status(456)], "quota|Kontingent", 1),
}


@pytest.mark.parametrize("fault", LASTING)
def test_a_lasting_fault_is_named_and_nothing_is_stored_or_counted(work, service, fault):
    service.answers, sentence, asked = LASTING[fault][0][:], LASTING[fault][1], LASTING[fault][2]
    began = time.monotonic()
    job = work.run()
    assert time.monotonic() - began < 5
    assert job.state == Job.DONE
    assert any(part in work.problems(job) for part in sentence.split("|")), work.problems(job)
    assert len(service.requests) == asked
    assert (work.texts(), work.used()) == ({}, 0)


def test_a_wrong_key_is_named_and_not_shown(work, service, settings):
    service.key = "right"
    settings.MACHINE_PROVIDERS["libretranslate"]["key"] = "wrong-key"
    problems = work.problems(work.run())
    assert problems
    assert "wrong-key" not in problems
    assert len(service.requests) == 1


def test_a_service_that_failed_is_left_alone_for_a_while(work, service):
    service.answers = [status(403)]
    job = starting.request([work.arabic, work.turkish], work.people["editor"].user)
    assert len(service.requests) == 1
    assert job.items.exclude(problem="").count() == 2


def test_one_request_that_is_refused_holds_up_no_other(work, service):
    service.answers = [status(400)]
    job = starting.request([work.arabic, work.turkish], work.people["editor"].user)
    assert len(service.requests) == 2
    assert job.items.exclude(problem="").count() == 1


def test_an_unexpected_error_costs_no_words(work, monkeypatch):
    def fail(*args):
        raise KeyError("surprise")

    provider = provider_for("ar")
    monkeypatch.setattr(type(provider), "ask", fail)
    with pytest.raises(KeyError):
        list(filling.fill(work.arabic, provider, work.people["editor"].user))
    assert work.used() == 0


MANGLED = {
    "tag lost": lambda text: text.replace("<b>", "").replace("</b>", ""),
    "link doubled": lambda text: text.replace("</a>", '</a><a id="a1">x</a>'),
    "strange tag": lambda text: text.replace("<b>", "<script>").replace("</b>", "</script>"),
    "strange link": lambda text: text.replace('id="a1"', 'id="a2"'),
    "attribute added": lambda text: text.replace("<b>", '<b onclick="x()">'),
    "number": lambda text: text.replace("14", "41"),
    "number lost": lambda text: text.replace("14", ""),
    "term": lambda text: text.replace("شبكة", "اتحاد"),
    "term lost": lambda text: (
        text.replace("شبكة", "").replace("</time>", "").replace('<time translate="no" id="k1">', "")
    ),
    "term doubled": lambda text: text + '<time id="k1" translate="no">شبكة</time>',
    "emptied": lambda text: "",
    "NUL": lambda text: text + "\0",
}


@pytest.mark.parametrize("fault", MANGLED)
def test_a_text_that_does_not_come_back_whole_is_left_to_people_and_named(work, service, fault):
    service.answers = [translated(lambda text: MANGLED[fault](text) if "14" in text else text)]
    problems = work.problems(work.run())
    assert problems.startswith("“Der Verbund hat 14 Vereine.”: ")
    assert len(work.texts()) == 3
    assert work.used() > 0


def test_addresses_come_back_as_they_were(work, service):
    german = "Schreibt an buero@example.org oder seht auf https://example.org/a?b=1&c=2, www.example.org nach."
    change_source(work.page, body=[], summary=german)
    work.run()
    written = unescape(next(row.data for text, row in work.texts().items() if text.startswith("Schreibt")))
    assert [
        address for address in ("buero@example.org", "https://example.org/a?b=1&c=2,") if address not in written
    ] == []


@pytest.mark.parametrize("number", [0, 10**9, 10**20])
def test_translations_that_do_not_exist_are_not_found(work, number):
    for name in ("machine_start", "term"):
        response = work.people["admin"].post(reverse(f"translations:{name}", args=[number]), follow=True)
        assert response.status_code == 404


def test_a_changed_name_is_left_to_people(work, service):
    service.answers = [translated(lambda text: text.replace("Samo.fa", "Together"))]
    assert "Samo.fa" in work.problems(work.run())
    assert "Samo.fa hilft." not in work.texts()


def test_a_title_too_long_for_its_field_is_left_to_people(work, service):
    service.answers = [translated(lambda text: text + " so" * 200)]
    problems = work.problems(work.run())
    assert problems.startswith("“Über uns”")
    assert "255" in problems


def test_digits_of_the_other_script_and_other_separators_are_the_same_numbers(db):
    assert verified("Es sind 1.000 und 3,5 %", "there are ١,٠٠٠ and 3.5 %", "de-x")


# --- Budget ----------------------------------------------------------------------------------------------------------------


def test_words_are_counted_by_month_language_and_service(work):
    work.run()
    use = MachineUse.objects.get()
    assert (use.month.day, use.language, use.provider) == (1, "ar", "LibreTranslate")
    assert use.words == budget.words(["Über uns", "Wer wir sind.", "Der Verbund hat 14 Vereine.", "Samo.fa hilft."])


def test_what_does_not_fit_into_the_budget_is_refused_with_the_figures(work, service, settings):
    settings.MACHINE_WORDS_PER_MONTH = 5
    response = work.people["translator_ar"].post(reverse("translations:machine_start", args=[work.arabic.pk]))
    assert response.status_code == 302
    assert "5" in said(response)[0]
    assert (service.requests, Job.objects.count()) == ([], 0)


def test_a_budget_reached_in_mid_job_stops_it_and_keeps_what_is_done(work, service, settings):
    settings.MACHINE_WORDS_PER_MONTH = budget.words(["x " * 12])
    change_source(work.page, body=[("text", f"<p>Wort {number}</p>") for number in range(60)])
    settings.MACHINE_WORDS_PER_MONTH = 90
    job = starting.request([work.arabic, work.turkish], work.people["editor"].user)
    assert (job.state, job.items.exclude(problem="").count()) == (Job.DONE, 2)
    assert [len(request["texts"]) for request in service.requests] == [40, 40]
    assert work.used() <= 90
    assert work.arabic.get_progress() == (62, 40)


def test_reserved_words_never_exceed_the_budget(work, settings):
    settings.MACHINE_WORDS_PER_MONTH = 10
    use = budget.reserve("ar", "DeepL", 6)
    with pytest.raises(budget.OverBudget):
        budget.reserve("ar", "LibreTranslate", 5)
    budget.give_back(use, 6)
    budget.reserve("ar", "LibreTranslate", 10)
    assert budget.left("ar") == 0


def test_a_worker_that_was_killed_goes_on_where_it_was(work, service, monkeypatch):
    change_source(work.page, body=[("text", f"<p>Absatz {number} sagt etwas.</p>") for number in range(60)])
    original = filling._ask

    def killed_at_the_second(sources, language, provider):
        if service.requests:
            raise KeyboardInterrupt
        return original(sources, language, provider)

    monkeypatch.setattr(filling, "_ask", killed_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        work.run()
    monkeypatch.setattr(filling, "_ask", original)
    job = Job.objects.get()
    assert job.state == Job.RUNNING
    Job.objects.update(lease_until=datetime.now(UTC) - timedelta(seconds=1))
    jobs.work_on(job.pk)
    job.refresh_from_db()
    assert job.state == Job.DONE
    assert len(service.texts) == len({*service.texts}) == 62


# --- Who, and what becomes of it -------------------------------------------------------------------------------------------


def test_nothing_goes_live_unread_unless_administrators_say_so(work):
    work.run()
    lead = work.people["lead_ar"].user
    with pytest.raises(publishing.Unreviewed):
        publishing.publish(work.arabic, lead)
    rules = reverse("translations:machine_rules")
    page_type = target(work.page, work.site.locales["ar"]).specific_class
    chosen = ContentType.objects.get_for_model(page_type).pk
    for role in work.people:
        response = work.people[role].post(rules, {"page_type": [chosen, "x", "9" * 30, ""]})
        assert response.status_code < 500
        with transaction.atomic():
            if role == "admin":
                assert publishing.publish(work.arabic, lead).live
                break
            with pytest.raises(publishing.Unreviewed):
                publishing.publish(work.arabic, lead)


STARTERS = {"translator_ar", "lead_ar", "editor", "admin"}


@pytest.mark.parametrize("address", ["ours", "localize's"])
def test_who_may_start_it(work, address):
    url = {
        "ours": reverse("translations:machine_start", args=[work.arabic.pk]),
        "localize's": localize("machine_translate", work.arabic.pk),
    }[address]
    started = set()
    for role, client in work.people.items():
        Job.objects.all().delete()
        assert client.get(url).status_code == 405
        assert client.post(url).status_code < 500
        if Job.objects.exists():
            started.add(role)
    assert started == STARTERS


def test_rights_are_asked_again_when_the_work_is_done(work):
    item = {"title": "x", "translation": work.arabic.pk}
    with pytest.raises(PermissionDenied):
        starting.step(item, work.people["translator_tr"].user)
    assert starting.step({"translation": 10**9}, work.people["admin"].user)


def test_without_a_service_nothing_shows(work, settings):
    settings.MACHINE_LANGUAGES = {"tr": "libretranslate"}
    own, localizes = reverse("translations:machine_start", args=[work.arabic.pk]), localize("machine_translate", 1)
    assert [work.people["admin"].post(url, follow=True).status_code for url in (own, localizes)] == [404, 404]
    settings.MACHINE_LANGUAGES = {}
    for client in work.people.values():
        assert client.get(reverse("translations:machine"), follow=True).status_code == 404
        assert client.post(own, follow=True).status_code == 404


def test_the_page_shows_each_what_is_theirs(work):
    work.run()
    url = reverse("translations:machine")
    shown = {role: client.get(url) for role, client in work.people.items()}
    assert {role for role, page in shown.items() if page.status_code == 200} == STARTERS | {"translator_tr", "lead_tr"}
    languages = {role: [gauge["language"] for gauge in shown[role].context["gauges"]] for role in STARTERS}
    assert languages["translator_ar"] == languages["lead_ar"] == ["ar"]
    assert len(languages["editor"]) == len(languages["admin"]) == 6
    assert {role for role in STARTERS if 'name="page_type"' in shown[role].content.decode()} == {"admin"}


def test_leichte_sprache_is_never_made_by_a_machine(work, settings):
    settings.MACHINE_LANGUAGES = {"*": "libretranslate", "de-simple": "libretranslate"}
    assert not available("de-simple")
    assert not available("de")


def test_the_editor_offers_drafts_for_what_is_open_and_comes_back(work, settings):
    client, editor = work.people["translator_ar"], edit_url(target(work.page, work.site.locales["ar"]))
    start = reverse("translations:machine_start", args=[work.arabic.pk])
    assert start in client.get(editor).content.decode()
    assert client.post(start, {"next": editor})["Location"] == editor
    assert client.post(start, {"next": "https://example.com/"})["Location"].startswith("/admin/translations/jobs/")
    assert start not in client.get(editor).content.decode()
    settings.MACHINE_LANGUAGES = {}
    assert (
        start
        not in work.people["translator_tr"].get(edit_url(target(work.page, work.site.locales["tr"]))).content.decode()
    )


def test_localizes_own_way_to_machines_stays_shut(work, settings):
    """It would overwrite nothing, but knows no budget and no terms, and asks inside a transaction."""
    assert not hasattr(settings, "WAGTAILLOCALIZE_MACHINE_TRANSLATOR")
    update = work.people["editor"].get(localize("update_translations", work.arabic.source_id)).content.decode()
    assert "use_machine_translation" not in update
