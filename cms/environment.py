"""Reads the process environment and collects every fault before refusing to start."""

import os
import sys
from urllib.parse import parse_qsl, unquote, urlsplit

TRUE = {"1", "true", "yes", "on"}
FALSE = {"", "0", "false", "no", "off"}


class Environment:
    """Typed access to environment variables; unusable values become faults, one line each."""

    def __init__(self, variables=None):
        self.variables = os.environ if variables is None else variables
        self.faults: list[str] = []

    def text(self, name: str, default: str = "") -> str:
        return self.variables.get(name, "").strip() or default

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.text(name, "1" if default else "0").lower()
        if value not in TRUE | FALSE:
            self.fault(name, f"{value!r} is neither true nor false")
        return value in TRUE

    def number(self, name: str, default: int) -> int:
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit():
            self.fault(name, f"{value!r} is not a whole number")
            return default
        return int(value)

    def names(self, name: str, default: str = "") -> list[str]:
        return [part.strip() for part in self.text(name, default).split(",") if part.strip()]

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """One of `choices`; the first is the default."""
        value = self.text(name, choices[0])
        if value not in choices:
            self.fault(name, f"{value!r} is not one of {', '.join(choices)}")
            return choices[0]
        return value

    def url(self, name: str, schemes: tuple[str, ...], default: str = "") -> "Address | None":
        value = self.text(name, default)
        if not value:
            return None
        try:
            address = Address(value)
        except ValueError:
            self.fault(name, "is not a URL")
            return None
        if address.scheme not in schemes:
            self.fault(name, f"must start with one of {', '.join(f'{s}:' for s in schemes)}")
            return None
        return address

    def fault(self, name: str, problem: str) -> None:
        self.faults.append(f"{name}: {problem}")

    def refuse_if_faulty(self) -> None:
        if self.faults:
            sys.exit("\n".join(["NeMO CMS does not start:", *self.faults]))


class Address:
    """A connection URL taken apart: `scheme://user:password@host:port/path?option=value`."""

    def __init__(self, value: str):
        parts = urlsplit(value)
        self.value = value
        self.scheme = parts.scheme
        self.host = parts.hostname or ""
        self.port = parts.port
        self.user = unquote(parts.username or "")
        self.password = unquote(parts.password or "")
        self.path = unquote(parts.path)
        self.options = dict(parse_qsl(parts.query, keep_blank_values=True))

    @property
    def origin(self) -> str:
        port = f":{self.port}" if self.port else ""
        return f"{self.scheme}://{self.host}{port}"
