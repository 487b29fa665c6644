"""What a campaign page offers to its reader: a form in their language, or the languages in which there is one."""

from functools import cached_property

from django.db.models import Q

from campaigns.models import CampaignPage
from campaigns.models.campaign import TO_TAKE_PART
from campaigns.taking_part.form import SignUpForm
from campaigns.taking_part.tally import next_step
from core.addresses import page_address
from core.languages import LANGUAGE_NAMES

NAMES_SHOWN = 12


class Offer:
    def __init__(self, page: CampaignPage, form: SignUpForm | None = None):
        self.page, self.campaign = page, page.facts
        self.form = form or SignUpForm(page)

    @property
    def is_made(self) -> bool:
        """Whether the reader can take part, in the language they read in."""
        return self.campaign.takes_sign_ups and not self.page.is_foreign and not self.page.lacking

    @property
    def is_elsewhere(self) -> bool:
        return self.campaign.takes_sign_ups and not self.is_made and bool(self.languages)

    @cached_property
    def languages(self) -> list[tuple[str, str, str]]:
        """Codes, names and addresses of those in which people can take part."""
        found = offered_in(self.campaign)
        return [
            (code, name, page_address(self.campaign, code)) for code, name in LANGUAGE_NAMES.items() if code in found
        ]

    @cached_property
    def reached(self) -> int:
        """Everybody who takes part: confirmed, in all languages, and on paper."""
        tally = getattr(self.campaign, "tally", None)
        return self.campaign.paper_signatures + (tally.confirmed if tally else 0)

    @property
    def next_step(self) -> int:
        return next_step(self.reached, self.campaign.goal or 0)

    @cached_property
    def names(self) -> list[str]:
        """Of some who wanted to be named, the latest first."""
        return [sign_up.public_name for sign_up in self.campaign.sign_ups.to_show()[:NAMES_SHOWN]]


def offered_in(campaign: CampaignPage) -> set[str]:
    pages = CampaignPage.objects.live().filter(translation_key=campaign.translation_key, alias_of=None)
    empty = Q()
    for name in TO_TAKE_PART:
        empty |= Q(**{name: ""})
    return {*pages.exclude(empty).values_list("locale__language_code", flat=True)}
