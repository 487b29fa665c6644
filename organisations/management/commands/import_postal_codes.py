from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from organisations import postal_codes


class Command(BaseCommand):
    help = (
        "Takes over the postal codes of GeoNames (download.geonames.org/export/zip/DE.zip, unpacked), so that the "
        "directory knows where each one is. Replaces what an earlier run took over; safe to repeat."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="GeoNames' text file of German postal codes")

    def handle(self, *, file, **options):
        try:
            with file.open(encoding="utf-8-sig", errors="strict", newline="\n") as lines:
                reading = postal_codes.read(lines)
        except OSError as problem:
            raise CommandError(
                _("%(file)s cannot be read: %(problem)s") % {"file": file, "problem": problem.strerror}
            ) from None
        except UnicodeDecodeError:
            raise CommandError(_("%(file)s is no text in UTF-8; nothing was changed.") % {"file": file}) from None
        except postal_codes.NotPostalCodes as problem:
            raise CommandError(f"{problem} " + _("Nothing was changed.")) from None
        codes = reading.postal_codes()
        postal_codes.replace_all(codes)
        moved = postal_codes.release_anew()
        for number, problem in reading.problems:
            self.stderr.write(_("Line %(number)s left out: %(problem)s") % {"number": number, "problem": problem})
        self.stdout.write(
            _(
                "%(codes)s postal codes from %(lines)s lines; %(companies)s lines of companies and post office boxes left out; %(moved)s organisations placed anew."
            )
            % {"codes": len(codes), "lines": len(reading.lines), "companies": reading.companies, "moved": moved}
        )
