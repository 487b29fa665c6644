"""When two email addresses are the same, whether mail can be sent to one, and how to remember one without knowing it."""

from contextlib import suppress
from email.headerregistry import AddressHeader

from django.utils.crypto import salted_hmac


def normalised(address: str) -> str:
    """Letters of either size are the same, and so are the two spellings of a domain with umlauts.

    Dots and tags in the part before the @ stay: only the provider knows what they mean.
    """
    name, _at, domain = address.strip().casefold().rpartition("@")
    with suppress(UnicodeError):  # too long or empty parts: no such domain, and none it could be mistaken for
        domain = domain.encode("idna").decode()
    return f"{name}@{domain}"


def has_possible_domain(address: str) -> bool:
    """Mail servers take domains in ASCII; one with a character that turns the direction, say, has no such spelling."""
    try:
        address.strip().rpartition("@")[2].encode("idna")
    except UnicodeError:
        return False
    return True


def can_be_written_to(address: str) -> bool:
    """Forms take more than mail servers do: control characters in quotation marks, letters that only look like ASCII."""
    if not address.isprintable():
        return False
    parsed = AddressHeader.value_parser(address)
    return len(parsed.all_mailboxes) == 1 and not parsed.all_defects


def fingerprint(address: str, purpose: str) -> str:
    """A keyed hash: tells whether an address is the same again, to those only who have our secret."""
    return salted_hmac(f"core.email_addresses.{purpose}", normalised(address), algorithm="sha256").hexdigest()
