"""Twenty equal forms and twenty clicks at the same moment, with the server's own threads, on whichever database it runs."""

import re
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from tests.journeys.mails import link_in, mail_to, mails_to

FORM = "/ar/kampagnen/mehr-verbindlichkeit/mitmachen/"
EMAIL = "zwanzigmal@example.org"
COUNT = f"""
from campaigns.models import SignUp
rows = SignUp.objects.filter(email_key="{EMAIL}")
print(rows.count(), rows.confirmed().count(), SignUp.objects.confirmed().count())
"""
WAITING = "from core.models import OutboxMail; print(OutboxMail.objects.count())"


def post(address: str, **data) -> tuple[int, str]:
    """Status, and where it ends."""
    try:
        with urlopen(Request(address, urlencode(data).encode(), method="POST"), timeout=120) as answer:
            return answer.status, answer.url
    except HTTPError as error:
        return error.code, error.url


def twenty(address: str, **data) -> set[tuple[int, str]]:
    with ThreadPoolExecutor(20) as hands:
        return {*hands.map(lambda _number: post(address, **data), range(20))}


def test_twenty_equal_forms_and_clicks_are_one_row_one_mail_and_one_more_in_the_number(running_site):
    form = running_site.address + FORM
    with urlopen(form, timeout=60) as answer:
        version = re.search(r'name="consent_version" value="(\w+)"', answer.read().decode())[1]
    before = int(running_site.ask(COUNT).split()[2])

    typed = {"name": "ليلى حداد", "email": EMAIL, "consent": "on", "consent_version": version}
    assert twenty(form, **typed) == {(200, f"{form}gesendet/")}
    link = link_in(mail_to(running_site, EMAIL), "/mitmachen/")
    assert running_site.ask(COUNT) == f"1 0 {before}"

    assert twenty(link, action="confirm") == {(200, link)}
    mail_to(running_site, EMAIL, 2)
    assert running_site.ask(COUNT) == f"1 1 {before + 1}"
    assert running_site.ask(WAITING) == "0"
    assert len(mails_to(running_site, EMAIL)) == 2  # the question and the thanks
