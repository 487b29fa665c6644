"""One question to a translation service over HTTP: within a fixed time, asked again where that may help."""

import json
import logging
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import requests
from django.conf import settings
from django.utils.translation import gettext as _
from urllib3.exceptions import HTTPError

from translations.machine.failures import Refused, ShutOut, Unavailable

logger = logging.getLogger(__name__)

AT_ALL = 45  # seconds for all attempts together; half of the time after which a job is taken for abandoned
ATTEMPTS = 3
BACK_OFF = 1  # seconds before the second attempt, twice as many before the third
MOST_BYTES = 10 * 1024 * 1024
BUSY = {408, 425, 429}


def post(url: str, body: dict, headers: dict | None = None, *, sleep=None) -> dict:
    """The decoded answer. Raises Refused or Unavailable."""
    sleep, deadline = sleep or time.sleep, time.monotonic() + AT_ALL
    for attempt in range(ATTEMPTS):
        wait = BACK_OFF * 2**attempt
        try:
            response, content = _once(url, body, headers, deadline)
        except (requests.RequestException, HTTPError) as error:
            logger.warning("%s: %s", url, type(error).__name__)
            problem = _("The translation service does not answer.")
        else:
            if response.ok:
                return _decoded(response, content)
            logger.warning("%s: HTTP %s", url, response.status_code)
            if response.status_code < 500 and response.status_code not in BUSY:
                raise _refusal(response, content)
            problem = _("The translation service is busy or out of order (HTTP %(status)s).") % {
                "status": response.status_code
            }
            wait = _asked_to_wait(response) or wait
        if attempt + 1 == ATTEMPTS or time.monotonic() + wait > deadline:
            break
        sleep(wait)
    raise Unavailable(f"{problem} {_('Try again later.')}")


def _once(url: str, body: dict, headers: dict | None, deadline: float) -> tuple[requests.Response, bytes]:
    """No redirects, which would carry the key elsewhere, and no settings of the machine's user."""
    with requests.Session() as session:
        session.trust_env = False
        timeout = max(0.01, min(settings.MACHINE_TIMEOUT, deadline - time.monotonic()))
        until = time.monotonic() + timeout
        response = session.post(url, json=body, headers=headers, timeout=timeout, allow_redirects=False, stream=True)
        content = b""
        while part := response.raw.read1(MOST_BYTES, decode_content=True):  # whatever there is, however little
            content += part
            if len(content) > MOST_BYTES or time.monotonic() > until:
                raise requests.Timeout
        return response, content


def _decoded(response: requests.Response, content: bytes) -> dict:
    try:
        answer = json.loads(content)
    except ValueError:
        answer = None
    if response.is_redirect or not isinstance(answer, dict):
        raise Unavailable(_("The translation service gave an answer that cannot be read."))
    return answer


def _refusal(response: requests.Response, content: bytes) -> Refused:
    if response.status_code in {401, 403}:
        return ShutOut(_("The translation service does not accept our key."))
    if response.status_code == 456:  # DeepL's own
        return ShutOut(_("The translation service says that our quota there is used up."))
    text = _("The translation service refuses the request (HTTP %(status)s).") % {"status": response.status_code}
    return Refused(f"{text} {_reason(content)}".strip())


def _reason(content: bytes) -> str:
    """What the service says, where it says it as one of the known ones does."""
    try:
        answer = json.loads(content)
        reason = answer.get("error") or answer.get("message")
        reason = reason.get("message") if isinstance(reason, dict) else reason
    except (ValueError, AttributeError):
        return ""
    return "".join(letter for letter in str(reason or "") if letter.isprintable())[:200]


def _asked_to_wait(response: requests.Response) -> float:
    """Seconds, from a number or a date."""
    value = response.headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdigit() and len(value) < 9:
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return 0
    return max(0, (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
