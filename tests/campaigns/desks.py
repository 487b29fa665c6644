"""Two campaigns, each with project staff of its own, and people who signed them."""

from types import SimpleNamespace

from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from campaigns.models import CampaignPage, ConsentText, SignUp
from core.email_addresses import normalised
from core.models import User
from tests.campaigns import signers

ROLES = {"mina": "Projektteam", "omar": "Projektteam", "redaktion": "Redaktion", "lead": "Sprachleitung: Arabisch"}


def person(name, group) -> Client:
    user = User.objects.create_user(name, f"{name}@office.example", "a long password", first_name=name.title())
    user.groups.add(Group.objects.get(name=group))
    return logged_in(user)


def logged_in(user) -> Client:
    client = Client()
    client.force_login(user)
    client.user = user
    return client


def fill(site) -> None:
    """Mina wrote the first campaign, Omar the second."""
    people = {name: person(name, group) for name, group in ROLES.items()}
    first = signers.campaign(site)
    second = signers.campaign(site, slug="zweite", title="Die zweite")
    for page, name in ((first, "mina"), (second, "omar")):
        page.owner = people[name].user
        page.save(update_fields=["owner"])


def desk() -> SimpleNamespace:
    """What `fill` made, as it is in the database now."""
    people = {name: logged_in(User.objects.get(username=name)) for name in ROLES}
    first, second = (CampaignPage.objects.get(owner__username=name) for name in ("mina", "omar"))
    return SimpleNamespace(**people, people=people, first=first, second=second)


def signed(page, name="Nguyễn Thị", email="thi@example.org", *, confirmed=True, **values) -> SignUp:
    consent, _ = ConsentText.objects.get_or_create(
        page=page, language="de", digest="0" * 64, defaults={"text": "Ich stimme zu."}
    )
    values = {"language": "de", "confirmed_at": timezone.now() if confirmed else None} | values
    return SignUp.objects.create(
        campaign=page, name=name, email=email, email_key=normalised(email), consent=consent, **values
    )
