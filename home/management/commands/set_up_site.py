from django.core.management.base import BaseCommand

from core import roles
from home.glossary import load_glossary
from home.trees import set_up_trees
from translations.provenance import record_missing


class Command(BaseCommand):
    help = "Creates the languages with home and index pages, the site record, roles and glossary. Safe to repeat."

    def handle(self, **options):
        for page in set_up_trees():
            self.stdout.write(f"{page.locale.language_code}: {page.title}")
        roles.sync()
        load_glossary()
        record_missing()
        self.stdout.write("The site is set up.")
