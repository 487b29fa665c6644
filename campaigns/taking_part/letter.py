"""A letter to those who decide. Whoever wants to sends it themselves, from their own address: we relay nothing, and see
and keep nothing.

It goes out in German, because that is what the addressee reads; a translation tells the sender what it says.
"""

from dataclasses import dataclass
from urllib.parse import quote

from campaigns.models import CampaignPage


@dataclass(frozen=True)
class Letter:
    to: str
    address: str
    subject: str
    text: str
    # What it says in the language of the page; empty on the German one.
    meaning: str

    @property
    def mailto(self) -> str:
        body = "\r\n".join(self.text.splitlines())
        return f"mailto:{quote(self.address, safe='@')}?subject={quote(self.subject)}&body={quote(body)}"


def letter(page: CampaignPage) -> Letter:
    facts = page.facts
    meaning = "" if page.text_language == facts.text_language else f"{page.letter_subject}\n\n{page.letter}"
    return Letter(facts.letter_to, facts.letter_to_email, facts.letter_subject, facts.letter, meaning)
