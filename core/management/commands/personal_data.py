import json

from django.core.management.base import BaseCommand

from core import personal_data


class Command(BaseCommand):
    help = "Exports or erases everything held on an email address: `personal_data export info@example.org`."

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["export", "erase"])
        parser.add_argument("address")

    def handle(self, *, what, address, **options):
        if what == "export":
            found = personal_data.export(address)
            if others := personal_data.elsewhere(address):
                found["named elsewhere"] = others
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2, default=str))
            return
        for model, number in personal_data.erase(address).items():
            self.stdout.write(f"{model}: {number} erased")
        for model, keys in personal_data.elsewhere(address).items():
            self.stderr.write(f"{model}: still named in {', '.join(map(str, keys))}; somebody has to look at it")
