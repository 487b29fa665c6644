"""How many take part, in all languages together."""

from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from campaigns.models import CampaignPage, SignUp, Tally
from campaigns.retention import over

STEPS = (10, 25, 50)


def add(campaign: CampaignPage, number: int) -> None:
    """Call in the transaction that confirms or takes back. A tally that is out of step keeps nobody from leaving."""
    Tally.objects.get_or_create(campaign=campaign)
    Tally.objects.filter(campaign=campaign).update(confirmed=Greatest(F("confirmed") + number, 0))


def recount() -> int:
    """Bring every tally in line with the rows; returns how many were wrong, because somebody changed rows by hand.

    After a hand-over signatures are deleted, and the number stays.
    """
    wrong = 0
    for tally in Tally.objects.filter(campaign__handed_over_on=None).exclude(over(timezone.localdate(), "campaign__")):
        found = SignUp.objects.confirmed().filter(campaign=tally.campaign_id).count()
        wrong += Tally.objects.filter(pk=tally.pk).exclude(confirmed=found).update(confirmed=found)
    return wrong


def next_step(reached: int, goal: int) -> int:
    """A number within reach on the way to the goal: 10, 25, 50, 100, 250 …"""
    size = 1
    while True:
        for step in STEPS:
            if step * size > reached:
                return min(step * size, goal) if goal > reached else step * size
        size *= 10
