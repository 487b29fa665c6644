from django.core.management.base import BaseCommand

from home.glossary import load_glossary


class Command(BaseCommand):
    help = "Loads the federation's terms. Safe to repeat: what people changed or deleted stays as it is."

    def handle(self, **options):
        self.stdout.write(f"{load_glossary()} terms added.")
