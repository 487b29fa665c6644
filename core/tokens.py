"""Keys in links by mail: 128 random bits with our signature, so that a damaged link is told from one we have forgotten.

Only the digest of the random part is kept: whoever reads the database can use no link.
"""

import hashlib
import secrets

from django.core.signing import BadSignature, Signer


class Tokens:
    def __init__(self, purpose: str):
        """Tokens of one purpose are damaged ones for every other."""
        self._signer = Signer(sep=".", salt=purpose)

    def new(self) -> tuple[str, str]:
        """A token, which exists nowhere else, and the digest to keep."""
        secret = secrets.token_urlsafe(16)
        return self._signer.sign(secret), digest(secret)

    def read(self, token: str) -> str | None:
        """The digest to look for; None where the token is damaged or not ours."""
        try:
            return digest(self._signer.unsign(token))
        except BadSignature:
            return None


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
