"""Knocking: one request by one person, what came back, and whether anything stayed of it."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from fundportal.accounts.models import User
from fundportal.mail.models import Letter
from tests.doors.traces import Trace, traced

NOT_ALLOWED, NOT_FOUND, FORBIDDEN, FOUND = 405, 404, 403, 302
OF_THE_MOMENT = re.compile(rb'(?:name="(?:csrfmiddlewaretoken|stamp|key|started)" value|nonce)="[^"]*"')
NONCE = re.compile(r"'nonce-[^']*'")


@dataclass
class Answer:
    """`words` are the bytes without nonces, tokens and the page's own address; `letters` were written on the way."""

    status: int
    words: bytes
    headers: dict[str, str]
    letters: list[tuple[str, ...]]
    trace: Trace = field(compare=False)

    @property
    def is_a_sign_in(self) -> bool:
        return self.status == FOUND and "/accounts/login/" in self.headers.get("Location", "")


class Person:
    """Somebody at a browser; without a user a visitor. What they change is taken back after each request."""

    def __init__(self, name: str, user: User | None = None) -> None:
        self.name, self.user = name, user
        self.client = Client(raise_request_exception=False)
        if user is not None:
            self.client.force_login(user)

    def get(self, url: str) -> Answer:
        return self._answer("get", url)

    def post(self, url: str, data: Any = None) -> Answer:
        return self._answer("post", url, data or {})

    def send(self, url: str, body: bytes, kind: str) -> Answer:
        """A POST of bytes that no form would make."""
        return self._answer("generic", "POST", url, body, kind)

    def _answer(self, method: str, *what: Any) -> Answer:
        last = Letter.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        with taken_back(), traced() as trace:
            response = getattr(self.client, method)(*what)
            url = what[1] if method == "generic" else what[0]
            letters = letters_since(last) if Letter._meta.db_table in trace.kept else []
            return Answer(response.status_code, words_of(response, url), headers_of(response), letters, trace)


def letters_since(last: int = 0) -> list[tuple[str, ...]]:
    written = Letter.objects.filter(pk__gt=last).order_by("to_address", "subject", "text_body")
    return list(written.values_list("to_address", "subject", "text_body", "html_body"))


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def words_of(response: HttpResponse, url: str) -> bytes:
    body = response.getvalue() if response.streaming else response.content
    path = url.partition("?")[0].removeprefix("/en/").encode()
    return OF_THE_MOMENT.sub(b"", body).replace(path, b"") if path else OF_THE_MOMENT.sub(b"", body)


def headers_of(response: HttpResponse) -> dict[str, str]:
    return {name: NONCE.sub("", value) for name, value in response.headers.items() if name != "Expires"}


@contextmanager
def quietly() -> Iterator[None]:
    """Django logs each refused request; thousands of them would bury the one that matters."""
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
