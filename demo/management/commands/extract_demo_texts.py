from django.core.management.base import BaseCommand

from demo.loader.catalogues import write_catalogues


class Command(BaseCommand):
    help = "Brings demo/translations/*.po in line with the German sample texts; load_demo must have run."

    def handle(self, **options):
        for language, missing in write_catalogues().items():
            self.stdout.write(f"{language}: {missing} to translate")
