"""People who get a mailing: those who signed a campaign. Also a worker to kill: `python -m tests.campaigns.readers KEY`."""

import sys

from django.utils import timezone

LANGUAGES = ("de", "ar", "tr")
KIND = "tests.campaigns.readers.kind"


def register(monkeypatch=None):
    from campaigns.mailing.kinds import KINDS

    if monkeypatch:
        monkeypatch.setitem(KINDS, "people", KIND)
    else:
        KINDS["people"] = KIND


def address_of(number: int) -> str:
    return f"reader{number:05}@example.org"


def sign_up(campaign, count: int) -> None:
    """Everybody has confirmed; the languages take turns."""
    from campaigns.models import ConsentText, SignUp

    consent = ConsentText.objects.create(page=campaign, language="de", text="Ja.", digest="0" * 64)
    SignUp.objects.bulk_create(
        SignUp(
            campaign=campaign,
            consent=consent,
            name=f"Leserin {number}",
            email=address_of(number),
            email_key=address_of(number),
            language=LANGUAGES[number % 3],
            confirmed_at=timezone.now(),
        )
        for number in range(count)
    )


def __getattr__(name):
    """The kind is made when it is asked for: models can be imported only after Django has been set up."""
    if name != "kind":
        raise AttributeError(name)
    from campaigns.mailing.kinds import Kind, Text, mark
    from campaigns.models import SignUp

    def texts(mailing):
        for language in LANGUAGES:
            yield Text(
                language,
                f"Neues {language}",
                f"Liebe Menschen,\n\n{mark('unsubscribe')}\n",
                f'<!doctype html><html lang="{language}"><a href="{mark("unsubscribe")}">{language}</a></html>',
            )

    return Kind(
        texts=texts,
        recipients=lambda mailing: SignUp.objects.confirmed().filter(campaign=mailing.about),
        links=lambda reader: {"unsubscribe": f"https://www.example.org/abmelden/{'x' * 90}/{reader.pk}/"},
        list_name="people",
        obstacle=lambda mailing: "Es fehlt etwas." if mailing.title == "Unvollständig" else "",
    )


def work(pk: int) -> None:
    """As a worker that comes when the lease of the one before has run out."""
    from campaigns.mailing import running
    from campaigns.models import Mailing

    Mailing.objects.filter(pk=pk).update(lease_until=None)
    running.work_on(pk, turn=float("inf"))


def tell(pk: int) -> None:
    """What has become of everybody, for whoever has started the worker."""
    from campaigns.models import Mailing

    mailing = Mailing.objects.get(pk=pk)
    print(mailing.state, *(f"{row.state}:{row.recipient}" for row in mailing.deliveries.all()))


if __name__ == "__main__":
    import django

    django.setup()
    register()
    sys.stdin.readline()  # until it is this one's turn
    work(int(sys.argv[1]))
    tell(int(sys.argv[1]))
