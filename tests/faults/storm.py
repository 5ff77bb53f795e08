"""A portal in processes of its own, and what befalls it: copies, disorder, kills, a database that goes away."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
import redis

from tests.faults.sizes import IS_FULL, size
from tests.support.cluster import Cluster, free_port
from tests.support.sandbox import SECRET, Delivery, StripeSandbox

LONGEST = size(400, 3_600)


BROKER = os.environ.get("CELERY_BROKER_URL", "") if IS_FULL else "memory://"


def environment(database: str, stripe_at: str, **more: str) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "fundportal.settings.development",
        "DATABASE_URL": database,
        "CELERY_BROKER_URL": BROKER,
        "STRIPE_API_BASE": stripe_at,
        "STRIPE_WEBHOOK_SECRETS": SECRET,
        "PYTHONPATH": ".",
        **more,
    }


@dataclass
class Portal:
    """One web server and some workers on a database of the storm's cluster."""

    cluster: Cluster
    name: str
    settings: dict[str, str]
    port: int = field(default_factory=free_port)
    workers: list[int] = field(default_factory=list)
    web: subprocess.Popen[str] | None = None
    nursery: subprocess.Popen[str] | None = None
    kills: int = 0
    restarts: int = 0

    @property
    def figures(self) -> dict[str, object]:
        return {"kills": self.kills, "restarts": self.restarts}

    def begin(self, workers: int) -> None:
        """Until the web server answers and every worker works: a kill before that would meet nobody at work."""
        address = f"127.0.0.1:{self.port}"
        words = ["-m", "gunicorn", "fundportal.wsgi", "--bind", address, "--worker-class", "gthread", "--threads", "8"]
        self.web = self._start(*words, "--log-level", "critical")
        self.nursery = self._start("tests/faults/storm_worker.py")
        self.workers = [self._hatch() for _ in range(workers)]
        self._wait_until_served()

    def end(self) -> None:
        for worker in self.workers:
            os.kill(worker, signal.SIGKILL)
        for process in (self.nursery, self.web):
            if process is not None:
                process.kill()
                process.communicate()

    def kill_a_worker(self, luck: random.Random) -> None:
        """SIGKILL: it gets no chance to tidy up. Another one takes its place."""
        place = luck.randrange(len(self.workers))
        os.kill(self.workers[place], signal.SIGKILL)
        self.workers[place] = self._hatch()
        self.kills += 1

    def cut_the_power(self) -> None:
        """Of the database, which keeps what it committed, and of the broker, which forgets every bell."""
        if BROKER.startswith("redis"):
            with redis.Redis.from_url(BROKER) as broker:
                broker.flushall()
        self.cluster.restart()
        self.restarts += 1

    def post(self, delivery: Delivery) -> int:
        """As Stripe does: again and again until it is taken. Returns how many tries it took."""
        address = f"http://127.0.0.1:{self.port}/stripe/webhook/"
        headers = {"Stripe-Signature": delivery.signature, "Content-Type": "application/json"}
        request = urllib.request.Request(address, delivery.payload.encode(), headers, method="POST")
        deadline = time.monotonic() + LONGEST
        for tries in range(1, 10_000):
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    assert answer.status == 200
                    return tries
            except (urllib.error.URLError, OSError):
                assert time.monotonic() < deadline, "the portal never took this event"
                time.sleep(0.3)
        raise AssertionError

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        deadline = time.monotonic() + LONGEST
        while True:
            try:
                with self.cluster.connect(self.name) as connection:
                    return connection.execute(question).fetchall()
            except psycopg.OperationalError:
                assert time.monotonic() < deadline, "the database never came back"
                time.sleep(0.2)

    def wait_until_applied(self, events: int) -> None:
        """Until so many events are kept and none of them waits."""
        deadline = time.monotonic() + LONGEST
        kept = "SELECT count(*), count(*) FILTER (WHERE state = 'received') FROM donations_stripe_event"
        while (counts := self.ask(kept)[0]) != (events, 0):
            assert time.monotonic() < deadline, f"{counts[0]} of {events} kept, {counts[1]} of them waiting"
            time.sleep(0.3)

    def run(self, *words: str) -> str:
        command = [sys.executable, *words]
        return subprocess.run(
            command, env=self.settings, capture_output=True, text=True, check=True, timeout=LONGEST
        ).stdout

    def _wait_until_served(self) -> None:
        deadline = time.monotonic() + LONGEST
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=30).close()
            except OSError:
                assert time.monotonic() < deadline, "the web server never answered"
                time.sleep(0.1)
            else:
                return

    def _hatch(self) -> int:
        assert self.nursery
        assert self.nursery.stdin
        assert self.nursery.stdout
        self.nursery.stdin.write("one more\n")
        self.nursery.stdin.flush()
        return int(self.nursery.stdout.readline())

    def _start(self, *words: str) -> subprocess.Popen[str]:
        pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
        command = [sys.executable, *words]
        return subprocess.Popen(command, env=self.settings, text=True, stdin=pipe, stdout=pipe, stderr=nowhere)


@contextmanager
def portal(cluster: Cluster, name: str, stripe_at: str, **more: str) -> Iterator[Portal]:
    url = cluster.copy("pristine", name)
    made = Portal(cluster, name, environment(url, stripe_at, **more))
    made.ask("SELECT 1")
    with cluster.connect(name) as connection:
        connection.execute("CREATE TABLE storm_tally (event text NOT NULL)")
    try:
        yield made
    finally:
        made.end()


@dataclass
class Weather:
    """Takes what the sandbox would send and delivers it three times, in no order, from several threads."""

    portal: Portal
    sandbox: StripeSandbox
    luck: random.Random
    copies: int = 3
    waiting: list[Delivery] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    delivered: int = 0
    retried: int = 0
    is_over: bool = False
    trouble: list[BaseException] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def blowing(self, threads: int = 6) -> Iterator[None]:
        """Until the block ends and all is delivered, unless it breaks off. Raises what a thread stumbled over."""
        hands = [threading.Thread(target=self._deliver, daemon=True) for _ in range(threads)]
        for hand in hands:
            hand.start()
        try:
            yield
            self.gather()
        except BaseException:
            self.waiting.clear()
            raise
        finally:
            self.is_over = True
            for hand in hands:
                hand.join(timeout=LONGEST)
        assert not self.trouble, self.trouble
        assert not self.waiting

    def gather(self) -> None:
        deliveries = self.sandbox.take_deliveries()
        with self.lock:
            self.seen |= {delivery.event for delivery in deliveries}
            self.waiting += deliveries * self.copies
            self.luck.shuffle(self.waiting)

    def _deliver(self) -> None:
        try:
            while (delivery := self._next()) is not None or not self.is_over:
                if delivery is None:
                    time.sleep(0.02)
                    continue
                tries = self.portal.post(delivery)
                with self.lock:
                    self.delivered += 1
                    self.retried += tries - 1
        except BaseException as trouble:  # noqa: BLE001  (told to the test's own thread)
            self.trouble.append(trouble)

    def _next(self) -> Delivery | None:
        with self.lock:
            return self.waiting.pop() if self.waiting else None
