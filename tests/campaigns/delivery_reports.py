"""Reports of mail servers on a newsletter that came back, as Postfix and others write them."""

from campaigns.newsletter import unsubscribing
from campaigns.newsletter.bounces.reports import LONGEST

HEAD = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
To: newsletter@testserver
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="X"
MIME-Version: 1.0

--X
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example.org.

--X
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Sun, 29 Nov 2026 03:00:00 +0100

"""
RECIPIENT = """\
Final-Recipient: rfc822; thi@example.org
Original-Recipient: rfc822;thi@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <thi@example.org>: Recipient address rejected

"""
ISSUE = """\
From: NeMO <newsletter@testserver>
To: thi@example.org
Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
List-Unsubscribe: {link}
List-Unsubscribe-Post: List-Unsubscribe=One-Click
"""


def report(subscriber=None, status="5.1.1", action="failed", kind="text/rfc822-headers", link=None) -> bytes:
    link = link or (f"<{unsubscribing.address(subscriber)}>" if subscriber else "")
    issue = ISSUE.format(link=link) + ("\nHallo\n" if kind == "message/rfc822" else "")
    recipient = RECIPIENT.format(action=action, status=status)
    return f"{HEAD}{recipient}--X\nContent-Type: {kind}\n\n{issue}\n--X--\n".encode()


def broken(subscriber) -> dict[str, bytes]:
    whole = report(subscriber)
    return {
        "nothing": b"",
        "no mail": b"\x00\xff" * 400,
        "an answer of a person": b"From: thi@example.org\nSubject: Re: Newsletter\n\nBitte streichen Sie mich.\n",
        "cut off": whole[: len(whole) // 2],
        "of somebody else's mail": report(link="<https://elsewhere.example/unsubscribe/abc/>"),
        "with a forged link": report(link=f"<http://testserver/de/newsletter/abmelden/{subscriber.keyed}.{'A' * 43}/>"),
        "without a link": report(),
        "without a status": report(subscriber, status=""),
        "with an odd status": report(subscriber, status="9.9.9"),
        "too long": whole + b"x" * LONGEST,
        "a thousand deep": b"Content-Type: multipart/mixed; boundary=a\n\n"
        + b"--a\nContent-Type: message/rfc822\n\n" * 3000,
    }
