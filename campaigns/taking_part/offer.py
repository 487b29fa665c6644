"""What a campaign page offers to its reader: a way to take part in their language, or the languages in which there is one."""

from datetime import date
from functools import cached_property

from campaigns.launch_check import versions
from campaigns.models import CampaignPage, CampaignUpdatePage, SignUp
from campaigns.models.campaign import CONTACT, NEWSLETTER, SIGNED
from campaigns.taking_part.form import SignUpForm
from campaigns.taking_part.letter import Letter, letter
from campaigns.taking_part.standing import people, standing
from campaigns.taking_part.tally import next_step
from core.addresses import page_address
from core.languages import LANGUAGE_NAMES

NAMES_SHOWN = 12
VOICES_SHOWN = 6
UPDATES_SHOWN = 20


class Offer:
    def __init__(self, page: CampaignPage, form: SignUpForm | None = None):
        self.page, self.campaign = page, page.facts
        self._form = form

    @cached_property
    def is_open(self) -> bool:
        """Whether the reader can take part, in the language they read in."""
        return self.campaign.is_running and not self.page.is_foreign and not self.page.lacking

    @property
    def is_made(self) -> bool:
        """Whether they do so with our form."""
        return self.is_open and self.campaign.action in SIGNED

    @property
    def is_letter(self) -> bool:
        return self.is_open and self.campaign.action == CONTACT

    @property
    def is_newsletter(self) -> bool:
        return self.is_open and self.campaign.action == NEWSLETTER

    @cached_property
    def form(self) -> SignUpForm:
        return self._form or SignUpForm(self.page)

    @cached_property
    def letter(self) -> Letter:
        return letter(self.page)

    @property
    def is_elsewhere(self) -> bool:
        return self.campaign.is_running and not self.is_open and bool(self.languages)

    @cached_property
    def languages(self) -> list[tuple[str, str, str]]:
        """Codes, names and addresses of those in which people can take part."""
        found = offered_in(self.campaign)
        return [
            (code, name, page_address(self.campaign, code)) for code, name in LANGUAGE_NAMES.items() if code in found
        ]

    @property
    def counts(self) -> bool:
        """Whether there is, or was, anybody to count. Who writes a letter or reads the newsletter is not counted here."""
        return self.campaign.action in SIGNED and (self.is_made or bool(self.reached))

    @property
    def on_paper(self) -> int:
        return standing(self.campaign).get("on_paper") or 0

    @property
    def counted_on(self) -> date | None:
        """The day of the last count on paper."""
        return standing(self.campaign).get("counted_on")

    @property
    def reached(self) -> int:
        """Everybody who takes part: confirmed, in all languages, and on paper."""
        tally = getattr(self.campaign, "tally", None)
        return self.on_paper + (tally.confirmed if tally else 0)

    @property
    def next_step(self) -> int:
        return next_step(self.reached, self.campaign.goal or 0)

    @cached_property
    def _people(self) -> list[SignUp]:
        return people(self.campaign, NAMES_SHOWN, VOICES_SHOWN) if self.campaign.action in SIGNED else []

    @property
    def names(self) -> list[str]:
        """Of some who wanted to be named."""
        return [sign_up.public_name for sign_up in self._people if sign_up.is_named][:NAMES_SHOWN]

    @property
    def voices(self) -> list[SignUp]:
        """What some have written, read by somebody of the office before."""
        return [sign_up for sign_up in self._people if sign_up.is_quoted][:VOICES_SHOWN]

    @cached_property
    def updates(self) -> list[CampaignUpdatePage]:
        return [*CampaignUpdatePage.objects.of(self.campaign)[:UPDATES_SHOWN]]


def offered_in(campaign: CampaignPage) -> set[str]:
    """The languages whose page is live and has everything it needs."""
    return {page.text_language for page in versions(campaign) if not page.lacking}
