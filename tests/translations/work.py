"""What people do with translations, through the real admin."""

from types import SimpleNamespace
from urllib.parse import urlencode

from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringSegment, Translation


def localize(name, *arguments):
    return reverse(f"wagtail_localize:{name}", args=arguments)


def submit_url(page):
    return reverse("wagtail_localize:submit_page_translation", args=[page.pk])


def submit(client, page, *locales, **extra):
    return client.post(submit_url(page), {"locales": [locale.pk for locale in locales], **extra})


def translation(page, locale):
    return Translation.objects.get(source__object_id=page.translation_key, target_locale=locale)


def target(page, locale):
    return Page.objects.get(translation_key=page.translation_key, locale=locale).specific


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def segment_url(translation, segment):
    return reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])


def put(client, url, **data):
    return client.put(url, urlencode(data), content_type="application/x-www-form-urlencoded")


def translate(client, translation, text="نص {number}"):
    """Fill in every segment; returns how many were saved."""
    segments = list(StringSegment.objects.filter(source=translation.source))
    for number, segment in enumerate(segments):
        response = put(client, segment_url(translation, segment), value=text.format(number=number))
        assert response.status_code in (200, 201), response.content
    return len(segments)


def publish_in_editor(client, page, **extra):
    return client.post(edit_url(page), {"action": "publish", **extra})


def change_source(page, **values):
    page = page.specific_class.objects.get(pk=page.pk)
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def refused(response):
    """Wagtail answers a refusal with a way home and a message."""
    if response.status_code == 403:
        return True
    return response.status_code == 302 and response["Location"] == reverse("wagtailadmin_home")


def complained(response):
    return any(message.level_tag == "error" for message in get_messages(response.wsgi_request))


def in_work(site, people):
    """About us is in work in Arabic and Turkish, the term in Arabic; the Arabic text is complete."""
    page, arabic, turkish = site.pages["ueber-uns"], site.locales["ar"], site.locales["tr"]
    submit(people["admin"], page, arabic, turkish)
    submit(people["admin"], site.pages["drei-wege"], arabic)
    translate(people["translator_ar"], translation(page, arabic))
    return found(site, people)


def found(site, people):
    """What `in_work` made, as it is in the database now."""
    page, arabic = site.pages["ueber-uns"], site.locales["ar"]
    done = translation(page, arabic)
    return SimpleNamespace(
        site=site,
        people=people,
        page=page,
        translation=done,
        target=target(page, arabic),
        source=done.source,
        segment=StringSegment.objects.filter(source=done.source).first(),
        topic=type(site.topic).objects.get(locale=arabic),
        topic_translation=translation(site.topic, arabic),
    )
