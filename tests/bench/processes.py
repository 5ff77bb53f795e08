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
class Workers:
    """The processes of a gunicorn that answer requests; memory is in megabytes (10^6 bytes)."""

    url: str
    master: int
    pids: tuple[int, ...]

    def walk(self, path: str, cookie: str) -> int:
        headers = {"Host": "portal.example", "X-Forwarded-Proto": "https", "Cookie": cookie}
        with urllib.request.urlopen(urllib.request.Request(self.url + path, headers=headers), timeout=60) as answer:
            answer.read()
            return answer.status

    def memory(self) -> dict[str, float]:
        """Rss is that of the larger, with all it shares; Pss, which counts that in parts, of all, for each worker."""
        every = [_memory(pid) for pid in (self.master, *self.pids)]
        return {
            "Rss": max(facts["Rss"] for facts in every[1:]),
            "Pss": sum(facts["Pss"] for facts in every) / len(self.pids),
        }


@contextmanager
def own_workers() -> Iterator[Workers]:
    """As production starts them, two with eight threads each."""
    address = f"127.0.0.1:{free_port()}"
    threads = ["--worker-class", "gthread", "--workers", "2", "--threads", "8", "--preload"]
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
        yield Workers(f"http://{address}", master.pid, tuple(int(child) for child in children))
    finally:
        master.terminate()
        master.wait()


def _memory(pid: int) -> dict[str, float]:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    facts = {name: value.split()[0] for name, _colon, value in (line.partition(":") for line in lines)}
    return {name: int(facts[name]) * 1024 / 1e6 for name in ("Rss", "Pss")}


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
