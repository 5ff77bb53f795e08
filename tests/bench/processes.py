"""What the portal needs beside itself, on loopback and for this run only: PostgreSQL, Redis, and one real worker."""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.cluster import free_port, own_cluster

LONGEST_START = 60
SETTINGS = "tests.bench.settings"


@contextmanager
def surroundings() -> Iterator[None]:
    """Puts into this process's environment what production's settings ask for."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        with own_cluster() as cluster, _own_redis(folder) as redis:
            with cluster.connect("postgres") as server:
                server.execute("CREATE DATABASE bench")
            os.environ |= _environment(folder, cluster.url("bench"), redis)
            yield
    finally:
        shutil.rmtree(folder)


def _environment(folder: Path, database: str, redis: str) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "DATABASE_URL": database,
        "CELERY_BROKER_URL": redis,
        "SECRET_KEY": secrets.token_hex(32),
        "ALLOWED_HOSTS": "portal.example",
        "SITE_ORIGIN": "https://portal.example",
        "BENCH_STATIC": str(folder / "static"),
        "MEDIA_DIR": str(folder / "media"),
        "DOCUMENTS_DIR": str(folder / "documents"),
        "QUARANTINE_DIR": str(folder / "quarantine"),
        "EMAIL_HOST": "localhost",
        "DEFAULT_FROM_EMAIL": "portal@portal.example",
        "STRIPE_API_KEY": "sk_test_bench",
        "STRIPE_WEBHOOK_SECRETS": "whsec_bench",
    }


@contextmanager
def _own_redis(folder: Path) -> Iterator[str]:
    port = free_port()
    words = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(folder)]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    try:
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait()


@dataclass(frozen=True)
class Worker:
    """One process of gunicorn that answers requests, its memory in megabytes (10^6 bytes)."""

    url: str
    pid: int

    def walk(self, path: str, cookie: str) -> int:
        headers = {"Host": "portal.example", "X-Forwarded-Proto": "https", "Cookie": cookie}
        with urllib.request.urlopen(urllib.request.Request(self.url + path, headers=headers), timeout=60) as answer:
            answer.read()
            return answer.status

    def memory(self) -> dict[str, float]:
        """Rss counts every page in memory, also those shared with others; Pss counts a shared page in parts."""
        lines = Path(f"/proc/{self.pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
        facts = {name: value.split()[0] for name, _colon, value in (line.partition(":") for line in lines)}
        return {name: int(facts[name]) * 1024 / 1e6 for name in ("Rss", "Pss")}


@contextmanager
def own_worker() -> Iterator[Worker]:
    """As production starts it, with one worker of eight threads."""
    address = f"127.0.0.1:{free_port()}"
    threads = ["--worker-class", "gthread", "--workers", "1", "--threads", "8"]
    words = [
        sys.executable,
        "-m",
        "gunicorn",
        "fundportal.wsgi",
        "--bind",
        address,
        *threads,
        "--log-level",
        "critical",
    ]
    master = subprocess.Popen([*words, "--no-control-socket"])
    try:
        _wait_for(f"http://{address}/healthz")
        children = Path(f"/proc/{master.pid}/task/{master.pid}/children").read_text(encoding="ascii").split()
        yield Worker(f"http://{address}", int(children[0]))
    finally:
        master.terminate()
        master.wait()


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + LONGEST_START
    while True:
        try:
            urllib.request.urlopen(
                urllib.request.Request(address, headers={"Host": "portal.example"}), timeout=30
            ).close()
        except urllib.error.URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return
