"""What somebody sees of their own registration behind the link in their mail."""

from functools import cached_property

from django.utils import timezone

from campaigns.models import EventPage, Registration
from campaigns.registering.form import needs_read
from campaigns.registering.questions import answers_read
from core.languages import reader_language


class GuestView:
    def __init__(self, registration: Registration):
        self.registration, self.date = registration, registration.date
        self.event = registration.date.event

    @property
    def page(self) -> str:
        """The template that says where they stand."""
        if not self.registration.confirmed_at:
            return "confirm"
        if self.date.is_cancelled:
            return "called_off"
        if self.date.ends_at <= timezone.now():
            return "over"
        return "done" if self.registration.seated_at else "waiting"

    @property
    def join(self) -> str:
        return self.event.online_url if self.registration.seated_at else ""

    @cached_property
    def ahead(self) -> int:
        """Registrations that move up before this one."""
        waiting = [*self.date.registrations.waiting().values_list("pk", flat=True)]
        return waiting.index(self.registration.pk) if self.registration.pk in waiting else 0

    @property
    def needs(self) -> list[str]:
        return needs_read(self.registration)

    @cached_property
    def answers(self) -> list:
        versions = EventPage.objects.live().filter(translation_key=self.event.translation_key, alias_of=None)
        page = versions.filter(locale__language_code=reader_language()).first() or self.event
        page.source = self.event
        return answers_read(self.registration, page)
