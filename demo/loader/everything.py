"""The sample site, part after part. Each part leaves alone what is there already."""

from collections.abc import Callable

from core import roles, statistics
from core.languages import EASY_LANGUAGE
from demo.loader.desk import load_desk
from demo.loader.event_dates import load_event_dates
from demo.loader.funding import load_funding
from demo.loader.guests import load_guests
from demo.loader.images import load_images
from demo.loader.indexing import indexed_at_the_end
from demo.loader.issues import load_issues
from demo.loader.newsletter import load_readers
from demo.loader.organisations import load_networks, load_organisations
from demo.loader.pages import load_pages
from demo.loader.participation import load_participation
from demo.loader.releases import load_release
from demo.loader.sign_ups import load_sign_ups
from demo.loader.translations import load_translations
from demo.loader.vocabulary import load_contacts, load_terms
from demo.users import load_users
from home.glossary import load_glossary
from home.trees import set_up_trees


def load_everything(organisations: int, say: Callable[[str], object]) -> None:
    set_up_trees()
    roles.sync()
    load_glossary()
    with indexed_at_the_end():
        load_images()
        load_terms()
        load_contacts()
        say("Pages …")
        load_pages()
        load_pages(EASY_LANGUAGE)
        say("Networks and organisations …")
        load_networks()
        load_organisations(organisations)
        load_participation()
        load_funding()
        load_event_dates()
        load_users()
        say("Translations …")
        for language, number in load_translations().items():
            if number:
                say(f"  {language}: {number} pages and terms")
        load_desk()
        load_readers()
        load_issues()
        load_sign_ups()
        load_guests()
    load_release()
    statistics.renew()
