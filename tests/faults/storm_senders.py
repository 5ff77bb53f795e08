"""People who press "Send the application", each over a connection of their own, and the server they press at."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

from tests.support.cluster import free_port

HOST = "storm.example"
TOKEN = "s" * 32  # of the form and of the cookie: that they agree is what the portal asks
WORKERS, THREADS = 2, 8
LONGEST = 300  # seconds; every wait ends as soon as there is an answer


@dataclass(frozen=True)
class Person:
    """Somebody with a complete draft, signed in."""

    application_id: int
    reference: str
    version: int
    session: str


@dataclass(frozen=True)
class Answer:
    """What came back: HTTP's status, 0 where the connection ended without one, and the seconds it took."""

    person: Person
    status: int
    place: str
    seconds: float

    @property
    def is_received(self) -> bool:
        return self.status == 302 and "/received/" in self.place


@dataclass
class Door:
    """Gunicorn in front of a database, as in production, and the front server's part: who came when."""

    folder: Path
    port: int = field(default_factory=free_port)
    began: float = 0.0
    moment: datetime = field(default_factory=lambda: datetime.now(UTC))

    def set_clock(self, moment: datetime) -> None:
        """From now on it is `moment` at the door, and time goes on from there."""
        self.began, self.moment = time.monotonic(), moment
        self._write("clock", str((moment - datetime.now(UTC)).total_seconds()))

    @contextlib.contextmanager
    def without(self, guard: str) -> Iterator[None]:
        self._write("without", guard)
        try:
            yield
        finally:
            self._write("without", "")

    def last_words(self) -> str:
        return "\n".join((self.folder / "log").read_text(errors="replace").splitlines()[-20:])

    def _write(self, name: str, text: str) -> None:
        new = self.folder / f"{name}.new"
        new.write_text(text)
        new.replace(self.folder / name)


@contextlib.contextmanager
def open_door(folder: Path, database: str, secret_key: str) -> Iterator[Door]:
    """With two workers of eight threads; ends all three processes afterwards, at once."""
    door = Door(folder)
    door.set_clock(datetime.now(UTC))
    words = ["--workers", str(WORKERS), "--worker-class", "gthread", "--threads", str(THREADS), "--preload"]
    words += ["--bind", f"127.0.0.1:{door.port}", "--log-level", "error", "--no-control-socket"]
    environment = os.environ | settings(folder, database, secret_key)
    with door.without(""), (folder / "log").open("wb") as log:
        command = [sys.executable, "-m", "gunicorn", "tests.faults.storm_door", *words]
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
        try:
            wait_until_open(door, server)
            yield door
        finally:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait(timeout=LONGEST)


def settings(folder: Path, database: str, secret_key: str) -> dict[str, str]:
    """What production's settings read. Without a Redis the bells ring for nobody: the sweepers do the work."""
    broker = os.environ.get("CELERY_BROKER_URL", "") if os.environ.get("STORM") == "full" else ""
    return {
        "DJANGO_SETTINGS_MODULE": "tests.faults.storm_settings",
        "STORM_FOLDER": str(folder),
        "SECRET_KEY": secret_key,
        "ALLOWED_HOSTS": f"{HOST},127.0.0.1",
        "SITE_ORIGIN": f"https://{HOST}",
        "DATABASE_URL": database,
        "CELERY_BROKER_URL": broker or "memory://",
        "CACHE_URL": broker or "redis://127.0.0.1:9/0",
        "DOCUMENTS_DIR": str(folder / "documents"),
        "QUARANTINE_DIR": str(folder / "quarantine"),
        "EMAIL_HOST": "127.0.0.1",
        "DEFAULT_FROM_EMAIL": f"portal@{HOST}",
        "STRIPE_API_KEY": "sk_test_storm",
        "STRIPE_WEBHOOK_SECRETS": "whsec_storm",
        "PROXY_HOPS": "1",
        "TRUST_REQUEST_START": "1",
    }


def wait_until_open(door: Door, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + LONGEST
    while True:
        assert server.poll() is None, door.last_words()
        assert time.monotonic() < deadline, door.last_words()
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{door.port}/healthz", timeout=LONGEST).close()
            return
        time.sleep(0.05)


def send(door: Door, presses: Sequence[tuple[float, Person]]) -> list[Answer]:
    """Each person presses so many seconds after the clock was set; waits for every answer.

    In a thread of its own: a browser that this process has open runs its loop in the first one.
    """

    async def everybody() -> list[Answer]:
        return await asyncio.gather(*(press(door, after, person) for after, person in presses))

    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, everybody()).result()


async def press(door: Door, after: float, person: Person) -> Answer:
    """Moments and seconds count from when they meant to press, also where this program was too busy to be on time."""
    began = door.began + after
    await asyncio.sleep(began - time.monotonic())
    status, place = 0, ""
    with contextlib.suppress(OSError, IndexError, ValueError):
        async with asyncio.timeout(LONGEST):
            head = await exchange(door, request(person, door.moment + timedelta(seconds=after)))
        lines = head.decode("latin-1").split("\r\n")
        status = int(lines[0].split()[1])
        place = next((line.partition(": ")[2] for line in lines if line.lower().startswith("location: ")), "")
    return Answer(person, status, place, time.monotonic() - began)


async def exchange(door: Door, message: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
    writer.write(message)
    await writer.drain()
    answer = await reader.read()
    writer.close()
    return answer.partition(b"\r\n\r\n")[0]


def request(person: Person, at: datetime) -> bytes:
    """As a browser sends the form and the server in front passes it on, with the moment it came in."""
    body = urlencode({"csrfmiddlewaretoken": TOKEN, "version": person.version})
    lines = [
        f"POST /en/my/applications/{person.reference}/send/ HTTP/1.1",
        f"Host: {HOST}",
        f"Referer: https://{HOST}/en/my/applications/{person.reference}/check/",
        "X-Forwarded-Proto: https",
        "X-Forwarded-For: 192.0.2.7",
        f"X-Request-Start: t={at.timestamp():.6f}",
        f"Cookie: sessionid={person.session}; csrftoken={TOKEN}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        "Connection: close",
        "",
        body,
    ]
    return "\r\n".join(lines).encode()
