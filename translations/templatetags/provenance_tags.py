"""What readers are told of how a translation was made."""

from django import template

from core.addresses import absolute
from core.languages import SOURCE_LANGUAGE
from translations.models import Provenance

register = template.Library()

Kind = Provenance.Kind
# IPTC's terms for what a machine made, as schema.org takes them over.
DIGITAL_SOURCES = {
    Kind.REVIEWED: "TrainedAlgorithmicMediaDigitalSource",
    Kind.MACHINE: "TrainedAlgorithmicMediaDigitalSource",
    Kind.MIXED: "CompositeWithTrainedAlgorithmicMediaDigitalSource",
}


@register.simple_tag
def provenance(page) -> Provenance | None:
    """The row that came with the page; pages that translate nothing have none."""
    return getattr(page, "provenance", None)


@register.simple_tag
def translation_data(page, made: Provenance) -> dict:
    """schema.org: which page this one translates, and whether a machine did."""
    address = absolute(page, page.text_language)
    data = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "@id": address,
        "url": address,
        "inLanguage": page.text_language,
        "translationOfWork": {
            "@type": "WebPage",
            "@id": absolute(page, SOURCE_LANGUAGE),
            "inLanguage": SOURCE_LANGUAGE,
        },
    }
    if made.kind in DIGITAL_SOURCES:
        data["digitalSourceType"] = f"https://schema.org/{DIGITAL_SOURCES[made.kind]}"
    return data
