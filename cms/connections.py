"""Turns connection URLs of the environment into Django's setting dictionaries."""

from pathlib import Path

from cms.environment import Address, Environment

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;",
}

# PostgreSQL takes a disk for one with a moving head, and would read the whole search index rather than look words up.
POSTGRESQL_OPTIONS = {"connect_timeout": 5, "options": "-c random_page_cost=1.1"}


def database(address: Address | None, data: Path) -> dict:
    if address is None or address.scheme == "sqlite":
        name = address.path.removeprefix("/") if address and address.path.strip("/") else ""
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name or data / "db.sqlite3",
            "OPTIONS": SQLITE_OPTIONS,
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": address.path.removeprefix("/"),
        "USER": address.user,
        "PASSWORD": address.password,
        "HOST": address.options.get("host") or address.host,
        "PORT": str(address.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {k: v for k, v in (POSTGRESQL_OPTIONS | address.options).items() if v and k != "host"},
    }


def cache(address: Address | None, name: str) -> dict:
    if address is None:
        backend = "django.core.cache.backends.locmem.LocMemCache"
        return {"BACKEND": backend, "LOCATION": name, "OPTIONS": {"MAX_ENTRIES": 20_000}}
    timeouts = {"socket_timeout": 0.3, "socket_connect_timeout": 0.3}
    return {
        "BACKEND": "core.cache.ForgivingRedisCache",
        "LOCATION": address.value,
        "KEY_PREFIX": name,
        "OPTIONS": timeouts,
    }


def storage(address: Address | None, media: Path) -> dict:
    """`s3://key:secret@endpoint/bucket?region=…`, or files below `media`."""
    if address is None:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(media), "base_url": "/media/"},  # Wagtail puts them into tasks, as JSON
        }
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "access_key": address.user,
            "secret_key": address.password,
            "endpoint_url": f"{address.options.get('scheme') or 'https'}://{address.host}"
            + (f":{address.port}" if address.port else ""),
            "bucket_name": address.path.strip("/"),
            "region_name": address.options.get("region") or None,
            "querystring_auth": True,
            "default_acl": "private",
            "file_overwrite": False,
        },
    }


def mail(address: Address | None, env: Environment) -> dict:
    """`smtp://user:password@host:587`, `smtps://…:465`, `file:folder` or `console:`; None is a fault already noted."""
    if address is None or address.scheme == "console":
        return {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if address.scheme == "file":
        return {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": address.path},
        }
    if not address.host:
        env.fault("EMAIL_URL", "names no host")
    secure = address.scheme == "smtps"
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": address.host,
            "port": address.port or (465 if secure else 587),
            "username": address.user,
            "password": address.password,
            "use_ssl": secure,
            "use_tls": not secure and (address.options.get("tls") or "true") == "true",
            "timeout": 5,
        },
    }


def mailbox(address: Address | None) -> dict | None:
    """`imaps://user:password@host:993/folder`, or imap: for a server on this machine."""
    if address is None:
        return None
    secure = address.scheme == "imaps"
    return {
        "host": address.host,
        "port": address.port or (993 if secure else 143),
        "user": address.user,
        "password": address.password,
        "folder": address.path.strip("/") or "INBOX",
        "secure": secure,
    }
