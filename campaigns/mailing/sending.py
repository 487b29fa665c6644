"""From reader to reader, until all have their mail, the time is up, somebody stops it, or the mail server does not want."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from campaigns.mailing.kinds import Kind, Text
from campaigns.mailing.letters import letter
from campaigns.mailing.line import Line, Outcome, Result
from campaigns.models import Delivery, Mailing
from core.languages import SOURCE_LANGUAGE

State = Delivery.State

BATCH = 25
# A reader whose server says "not now", as some do with every sender they do not know.
RETRY_AFTER = [timedelta(minutes=m) for m in (5, 30, 120, 480, 1440)]
# So many refusals one after the other are no fault of the readers; so many mails taken show a sound server.
IN_A_ROW = 20
REFUSALS = (State.REFUSED, State.GIVEN_UP)
# RFC 3463: bad or unknown mailbox, unknown domain, mailbox switched off.
NO_MAILBOX = re.compile(r"5\d\d[ -]5\.(?:1\.(?:[0-3]|6|10)|2\.1)$")


class ServerTroubleError(Exception):
    """The mail server wants to be left alone for a while."""


class RefusesEverybodyError(Exception):
    """Somebody has to look at the mail server or at the mail."""


@dataclass
class Round:
    """What one worker does at one mailing in one go."""

    mailing: Mailing
    kind: Kind
    may_go_on: Callable[[], bool]
    texts: dict[str, Text] = field(default_factory=dict)
    sender: str = ""
    taken: int = 0
    refused: list[tuple[Delivery, Outcome]] = field(default_factory=list)  # since the last mail that was taken
    line: Line = field(default_factory=Line)

    def run(self) -> None:
        self.texts = {
            row.language: Text(row.language, row.subject, row.text, row.html) for row in self.mailing.texts.all()
        }
        self.sender, self.refused = self.kind.sender(self.mailing), [*refused_lately(self.mailing)]
        try:
            for delivery, reader in self._readers():
                outcome = self._hand_over(delivery, reader)
                if outcome.result == Result.BROKEN and self.line.taken:  # enough for one connection
                    _set(delivery, State.WAITING)
                    outcome = self._hand_over(delivery, reader)
                self._note(delivery, outcome)
                if outcome.result == Result.NOT_OURS:
                    break
            if self.taken:
                self._tell_of_refusals()
            elif self.refused:
                self._look_at_the_server()
        finally:
            self.line.close()

    def _readers(self) -> Iterator[tuple[Delivery, object]]:
        """Those who want the mail still. They are looked up in small batches, right before it is their turn."""
        while batch := [*self.mailing.deliveries.due()[:BATCH]]:
            found = self.kind.recipients(self.mailing).in_bulk([delivery.recipient for delivery in batch])
            for delivery in batch:
                if not self.may_go_on():
                    return
                if delivery.recipient in found:
                    yield delivery, found[delivery.recipient]
                else:
                    _set(delivery, State.LEFT_OUT)

    def _hand_over(self, delivery: Delivery, reader) -> Outcome:
        delivery.language = reader.language  # chosen anew, perhaps, since the readers were listed
        text = self.texts.get(delivery.language) or self.texts[SOURCE_LANGUAGE]
        message = letter(self.kind, self.sender, text, reader.email, self.kind.links(reader), delivery.pk)
        return self.line.hand_over(message, claim=lambda: claim(delivery))

    def _note(self, delivery: Delivery, outcome: Outcome) -> None:
        match outcome.result:
            case Result.TAKEN:
                _set(delivery, State.SENT)
                self._tell_of_refusals()
                self._count_success()
            case Result.REFUSED:
                _set(delivery, State.REFUSED, answer=outcome.code, handed_at=timezone.now())
                self._count_refusal(delivery, outcome)
            case Result.NOT_NOW:
                _put_off(delivery, outcome)
                self._count_refusal(delivery, outcome)
            case Result.BROKEN:
                _set(delivery, State.WAITING)
                raise ServerTroubleError(outcome.answer)
            case Result.IN_DOUBT:
                _set(delivery, State.UNKNOWN)
                raise ServerTroubleError(outcome.answer)

    def _count_refusal(self, delivery: Delivery, outcome: Outcome) -> None:
        """What everybody gets to hear is said to us: those readers wait on."""
        self.refused.append((delivery, outcome))
        if len(self.refused) < IN_A_ROW:
            return
        _let_wait(each.pk for each, _outcome in self.refused)
        if outcome.result == Result.NOT_NOW:
            raise ServerTroubleError(outcome.answer)
        raise RefusesEverybodyError(outcome.answer)

    def _look_at_the_server(self) -> None:
        """A list too short for that many in a row, of whom nobody has got the mail: gone mailboxes alone explain it."""
        rows = self.mailing.deliveries.exclude(state=State.LEFT_OUT)
        if rows.exclude(state__in=REFUSALS).exists():
            return
        if found := [pk for pk, answer in rows.values_list("pk", "answer") if not NO_MAILBOX.match(answer)]:
            _let_wait(found)
            raise RefusesEverybodyError(self.refused[-1][1].answer)

    def _tell_of_refusals(self) -> None:
        """The server takes mail, so what it refused is the fault of those mailboxes."""
        for delivery, outcome in self.refused:
            if NO_MAILBOX.match(outcome.code):
                self.kind.bounced(delivery.recipient)
        self.refused.clear()

    def _count_success(self) -> None:
        """One mail is no proof: a server that dies with every second one would be asked for ever."""
        self.taken += 1
        if self.taken < IN_A_ROW or not self.mailing.failures:
            return
        self.mailing.failures = 0
        Mailing.objects.filter(pk=self.mailing.pk).update(failures=0, trouble="", answer="")


def claim(delivery: Delivery) -> bool:
    """Of two workers only one gets it; nobody does while the mailing is paused or cancelled."""
    running = Mailing.objects.filter(pk=delivery.mailing_id, state=Mailing.State.RUNNING)
    # No join: PostgreSQL looks again at the row itself only, when it had to wait for somebody.
    free, now = Delivery.objects.waiting().filter(pk=delivery.pk, mailing__in=running), timezone.now()
    if not free.update(state=State.HANDED, handed_at=now, language=delivery.language):
        return False
    delivery.handed_at = now  # by this we know our claim from that of another
    return True


def refused_lately(mailing: Mailing) -> Iterator[tuple[Delivery, Outcome]]:
    """In the turns before, since the last mail that was taken: of a slow server one turn sees only a few refusals."""
    for delivery in mailing.deliveries.exclude(handed_at=None).order_by("-handed_at")[:IN_A_ROW]:
        if delivery.state == State.REFUSED:
            yield delivery, Outcome(Result.REFUSED, delivery.answer)
        elif delivery.state not in (State.WAITING, State.GIVEN_UP):
            return


def settle(mailing: Mailing) -> int:
    """What a worker had in its hands when it died is sent to nobody twice; returns how many those were."""
    return mailing.deliveries.filter(state=State.HANDED).update(state=State.UNKNOWN)


def _set(delivery: Delivery, state: str, **values) -> None:
    """Unless another worker has claimed it. Whoever was believed dead and comes back knows better than `settle`."""
    ours = Q(state__in=(State.HANDED, State.UNKNOWN), handed_at=delivery.handed_at)
    Delivery.objects.filter(Q(state=State.WAITING) | ours, pk=delivery.pk).update(state=state, **values)


def _let_wait(keys: Iterable[int]) -> None:
    refused = Delivery.objects.filter(pk__in=[*keys], state__in=(*REFUSALS, State.WAITING))
    refused.update(state=State.WAITING, attempts=0, not_before=timezone.now(), handed_at=None, answer="")


def _put_off(delivery: Delivery, outcome: Outcome) -> None:
    if delivery.attempts >= len(RETRY_AFTER):
        _set(delivery, State.GIVEN_UP, answer=outcome.code)
        return
    later = timezone.now() + RETRY_AFTER[delivery.attempts]
    _set(delivery, State.WAITING, attempts=delivery.attempts + 1, not_before=later, answer=outcome.code)
