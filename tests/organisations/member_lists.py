"""Files of members for tests, and short ways through an import."""

import io

from openpyxl import Workbook

from organisations.member_list import applying, running
from organisations.models import OrganisationPage


def csv_of(*rows, header="Mitgliedsnummer;Name;Verbund", encoding="utf-8"):
    return "\n".join([header, *rows]).encode(encoding)


def xlsx_of(*rows, title="Mitglieder", change=None):
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if change:
        change(book)
    return saved(book)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def check(content, name="liste.csv", network=None, user=None):
    """The import after its dry run."""
    member_import = running.receive(name, content, network, user)
    running.work_on(member_import.pk, member_import.lease_until)
    member_import.refresh_from_db()
    return member_import


def bring_in(content, name="liste.csv", network=None, user=None):
    """Checked and, if there is no error, applied."""
    member_import = check(content, name, network, user)
    if applying.begin(member_import):
        member_import.refresh_from_db()
        running.work_on(member_import.pk, member_import.lease_until)
        member_import.refresh_from_db()
    return member_import


def outcomes(member_import):
    return dict(member_import.rows.order_by("number").values_list("number", "outcome"))


def errors(member_import):
    """Row number to the columns with errors."""
    return {row.number: sorted(row.errors) for row in member_import.rows.order_by("number") if row.errors}


def organisation(number):
    return OrganisationPage.objects.get(member_number=number)
