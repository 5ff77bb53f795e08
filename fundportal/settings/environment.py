"""Reads the environment, once, with a clear sentence when something that must be there is not."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ENGINES = {"postgres": "django.db.backends.postgresql", "postgresql": "django.db.backends.postgresql"}


def text(name: str, default: str | None = None) -> str:
    """The variable's value; without a default a missing or empty one stops the start."""
    value = os.environ.get(name, "")
    if value:
        return value
    if default is None:
        message = f"Set the environment variable {name}; the portal does not start without it."
        raise ImproperlyConfigured(message)
    return default


def flag(name: str, *, default: bool = False) -> bool:
    value = os.environ.get(name, "").strip().lower()
    return default if value == "" else value in {"1", "true", "yes", "on"}


def words(name: str, default: str | None = None) -> list[str]:
    """A comma-separated list without its empty entries."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(url: str) -> dict[str, Any]:
    """A Django database from `postgres://user:password@host:port/name?option=value` or `sqlite:///path`."""
    if url.startswith("sqlite:///"):
        return sqlite(Path(url.removeprefix("sqlite:///")))
    parts = urlsplit(url)
    if parts.scheme not in ENGINES:
        message = f"DATABASE_URL starts with {parts.scheme!r}; postgres or sqlite is expected."
        raise ImproperlyConfigured(message)
    return {
        "ENGINE": ENGINES[parts.scheme],
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def other_user(url: str, *, than: str) -> str:
    """The user of the first address where the second has another one, else nothing."""
    user = str(database(url).get("USER", ""))
    return "" if user == database(than).get("USER", "") else user


def cache(broker: str) -> str:
    """CACHE_URL; a broker that is a Redis serves when it is missing, another broker cannot."""
    return text("CACHE_URL", broker if broker.startswith(("redis://", "rediss://")) else None)


def sqlite(path: Path) -> dict[str, Any]:
    """Write-ahead log and immediate transactions: two writers wait for each other instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }
