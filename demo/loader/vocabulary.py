"""The German words of all vocabularies, and the contacts."""

from wagtail.models import Locale

from campaigns.models import WayToHelp
from core.languages import SOURCE_LANGUAGE
from core.models import Contact, Term, Topic
from demo.loader import texts
from demo.loader.references import References
from organisations.models import Service, TargetGroup, Task
from stories.models import CooperationKind

VOCABULARIES: dict[str, type[Term]] = {
    "topic": Topic,
    "task": Task,
    "service": Service,
    "target_group": TargetGroup,
    "cooperation_kind": CooperationKind,
    "way_to_help": WayToHelp,
}


def load_terms() -> None:
    locale = Locale.objects.get(language_code=SOURCE_LANGUAGE)
    for name, model in VOCABULARIES.items():
        present = {*model.objects.source().values_list("key", flat=True)}
        for order, term in enumerate(texts.read("de/vocabulary")[name], start=1):
            if term["key"] not in present:
                model.objects.create(locale=locale, sort_order=10 * order, **term)


def load_contacts() -> None:
    references = References()
    present = {*Contact.objects.values_list("name", flat=True)}
    for contact in texts.read("de/contacts")["contact"]:
        if contact["name"] not in present:
            fields = {name: contact[name] for name in ("name", "role", "phone", "email")}
            Contact.objects.create(photo_id=references.image(contact["photo"]), **fields)
