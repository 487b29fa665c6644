"""What the directory holds on people; see core.personal_data and core.retention.

Small organisations give a private mailbox or telephone as theirs, so that their contact details count as personal data.
"""

from datetime import timedelta

from django.utils import timezone

from core.mentions import naming
from core.personal_data import Holding
from core.retention import Rule
from organisations.member_list.running import delete_rows
from organisations.models import (
    DirectoryEntry,
    ImportRow,
    MemberImport,
    NetworkPage,
    OfficeRecord,
    ProfileLink,
    Proposal,
)
from organisations.safety import release
from organisations.upkeep import links, proposals

IMPORTS_KEPT = timedelta(days=90)
FILES_KEPT = timedelta(days=1)


def forget_mailbox(record: OfficeRecord) -> None:
    """The organisation stays in the directory; nobody can write to it, and its links work no more."""
    record.email = ""
    record.save(update_fields=["email"])
    record.organisation.profile_links.all().delete()
    release(record.organisation)


def forget_imports() -> int:
    """Reports after 90 days, and files that were never checked after one."""
    now = timezone.now()
    old = [*MemberImport.objects.filter(created_at__lt=now - IMPORTS_KEPT).defer("content")]
    for member_import in old:
        delete_rows(member_import)
        member_import.delete()
    left = MemberImport.objects.filter(created_at__lt=now - FILES_KEPT, state=MemberImport.CHECKING)
    left.update(state=MemberImport.CANCELLED, content=b"", lease_until=None, finished_at=now)
    return len(old)


TYPED_IN_PROPOSALS = ["values", "message", "photo_consent", "answer"]
TYPED_IN_LISTS = ["title", "values", "changes", "errors", "warnings"]
HOLDINGS = [
    Holding(OfficeRecord, lambda address: naming(OfficeRecord, ["email"], address), erase=forget_mailbox),
    Holding(Proposal, lambda address: naming(Proposal, TYPED_IN_PROPOSALS, address)),
    Holding(ImportRow, lambda address: naming(ImportRow, TYPED_IN_LISTS, address)),
]
RULES = [
    Rule("imports of member lists", forget_imports),
    Rule("links to profiles", links.forget_old),
    Rule("proposed changes", proposals.forget_old),
]
EXPLAINED = {
    DirectoryEntry: "What an organisation released of its record; changes with it.",
    ProfileLink: "Hangs on an organisation; a hash of a token, no address.",
    NetworkPage: "The office of a network, which the page names.",
    MemberImport: "Name of an uploaded file; the lines are held as ImportRow and go with it after 90 days.",
}
