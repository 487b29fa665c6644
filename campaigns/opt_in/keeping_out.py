"""Addresses that withdrew or said "that was not me". Only keyed hashes are kept; no page means the newsletter."""

from wagtail.models import Page

from campaigns.models import KeptOut
from core.email_addresses import fingerprint


def keyed(address: str) -> str:
    return fingerprint(address, "campaigns")


def keep_out(page: Page | None, address: str) -> None:
    KeptOut.objects.get_or_create(page=page, address=keyed(address))


def is_kept_out(page: Page | None, address: str) -> bool:
    return KeptOut.objects.filter(page=page, address=keyed(address)).exists()


def let_in(page: Page | None, address: str) -> None:
    """For somebody who has proved that the address is theirs and wants mail again."""
    KeptOut.objects.filter(page=page, address=keyed(address)).delete()
