"""Who is reminded of what, and when. Each organisation takes one step after the other, none twice.

Three mails to the organisation, then its network's coordinators are told, then the office. Whoever has no mailbox is on
the coordinators' list at once. A step that comes late, because nothing ran for some days, moves those after it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from core.languages import SOURCE_LANGUAGE
from core.models import User
from organisations.models import NetworkPage, OfficeRecord, OrganisationPage, ProfileLink, Proposal
from organisations.upkeep import links, mails, people

# Days after the first mail. `OfficeRecord.times_asked` is the number of steps taken.
STEPS = (0, 14, 30, 44, 58)
MAILS = 3
COORDINATORS, OFFICE = MAILS, MAILS + 1
PATIENCE = timedelta(days=14)
CHUNK = 200


@dataclass
class Done:
    """How many organisations took which step."""

    mailed: int = 0
    to_coordinators: int = 0
    to_office: int = 0


def remind(today: date | None = None) -> Done:
    """Everything that is due today. Safe to repeat."""
    today = today or timezone.localdate()
    _end_rounds(today)
    mailed = sum(_ask(pk, today) for pk in _pks(_to_be_asked(today)))
    return Done(mailed, _tell(COORDINATORS, today), _tell(OFFICE, today))


def _overdue(today: date) -> QuerySet[OfficeRecord]:
    """Of organisations that the public sees, and of their source pages: facts live there."""
    waiting = Proposal.objects.filter(organisation=OuterRef("organisation_id"), decided_at=None)
    return (
        OfficeRecord.objects.filter(
            organisation__live=True,
            organisation__locale__language_code=SOURCE_LANGUAGE,
            organisation__entry__due_on__lte=today,
        )
        .exclude(organisation__status=OrganisationPage.CLOSED)
        .annotate(answered_at=Subquery(waiting.values("created_at")[:1]))
    )


def _to_be_asked(today: date) -> QuerySet[OfficeRecord]:
    """Whose next step is a mail to itself."""
    due = Q(times_asked=0)
    for step in range(1, MAILS):
        due |= Q(times_asked=step, asked_on__lte=today - timedelta(days=STEPS[step]))
    return _overdue(today).filter(due, answered_at=None).exclude(email="")


def _to_be_told(step: int, today: date) -> QuerySet[OfficeRecord]:
    """Whose next step is the list for the coordinators or the office."""
    came = Q(times_asked=step, asked_on__lte=today - timedelta(days=STEPS[step]))
    if step == COORDINATORS:
        came |= Q(times_asked__lt=step, email="")
        # It has answered, and the coordinators have not decided.
        came |= Q(times_asked__lt=step, answered_at__date__lte=today - PATIENCE)
    return _overdue(today).filter(came)


def _ask(pk: int, today: date) -> bool:
    """One mail, in a transaction of its own; False when somebody was faster or the profile is no longer due."""
    with transaction.atomic():
        record = _locked(_to_be_asked(today).filter(pk=pk)).first()
        if record is None:
            return False
        _take([pk], record.times_asked, today)
        page = OrganisationPage.objects.select_related("entry").get(pk=pk)
        return links.send_link(page, ProfileLink.REMINDER)


def _tell(step: int, today: date) -> int:
    """One mail for each coordinator or member of the office, with all their organisations."""
    pks = _pks(_to_be_told(step, today))
    if not pks:
        return 0
    with transaction.atomic():
        taken = []
        for start in range(0, len(pks), CHUNK):
            chunk = [
                record.pk for record in _locked(_to_be_told(step, today).filter(pk__in=pks[start : start + CHUNK]))
            ]
            _take(chunk, step, today)
            taken += chunk
        left = _tell_coordinators(taken) if step == COORDINATORS else taken
        _tell_office(left)
    return len(taken)


def _take(pks: list[int], step: int, today: date) -> None:
    """The days of the later steps are counted from this one, as if it had come on its day."""
    begun = today - timedelta(days=STEPS[step])
    OfficeRecord.objects.filter(pk__in=pks).update(asked_on=begun, times_asked=step + 1)


def _tell_coordinators(pks: list[int]) -> list[int]:
    """Gives back those without a network or whose network has nobody: the office hears of them at once."""
    lists: dict[User, list[OrganisationPage]] = defaultdict(list)
    left = []
    members = defaultdict(list)
    for page in _pages(pks):
        members[page.path[: -page.steplen]].append(page)
    networks = {network.path: network for network in NetworkPage.objects.filter(path__in=members)}
    for path, pages in members.items():
        users = people.coordinators(networks.get(path))
        for user in users:
            lists[user] += pages
        if not users:
            left += [page.pk for page in pages]
    for user, pages in lists.items():
        mails.tell_unanswered(user, pages, to_office=False)
    OfficeRecord.objects.filter(pk__in=left).update(times_asked=OFFICE + 1)
    return left


def _tell_office(pks: list[int]) -> None:
    if pks:
        pages = _pages(pks)
        for user in people.office():
            mails.tell_unanswered(user, pages, to_office=True)


def _pages(pks: Iterable[int]) -> list[OrganisationPage]:
    pages = OrganisationPage.objects.defer_streamfields().select_related("record").in_bulk([*pks])
    return sorted(pages.values(), key=lambda page: page.sort_name)


def _end_rounds(today: date) -> None:
    """Where somebody else has confirmed in the middle of a round, the next one starts from the beginning."""
    ended = OfficeRecord.objects.filter(times_asked__gt=0, organisation__entry__due_on__gt=today)
    ended.update(asked_on=None, times_asked=0)


def _pks(records: QuerySet[OfficeRecord]) -> list[int]:
    return [*records.order_by("pk").values_list("pk", flat=True)]


def _locked(records: QuerySet[OfficeRecord]) -> QuerySet[OfficeRecord]:
    """Whoever waited for the lock looks again, so that of two commands at once one takes the step."""
    return records.select_for_update(of=("self",)).order_by("pk")
