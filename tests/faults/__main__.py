"""The storms at full size: `./run storm [NAME ...]`. Ends with 1 when one of them breaks a promise.

Brings a PostgreSQL and a Redis of its own on free ports of loopback and removes both; an environment that names others
is not looked at. STORM_EVENTS and FUND_STEPS make the storms of Stripe's events and of the fund shorter or longer.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.cluster import BINARIES, free_port, own_cluster

ROOT = Path(__file__).resolve().parents[2]
STORMS = {
    "webhooks": "tests/faults/test_webhook_storm.py",
    "submissions": "tests/faults/test_submission_storm.py",
    "approvals": "tests/grants/decisions/test_races.py",
    "fund": "tests/properties/test_a_fund.py",
    "posts": "tests/doors/test_hostile_posts.py",
}
ON_SQLITE = {"fund", "posts"}  # hundreds of thousands of small acts of one process, in a database without a server


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@contextmanager
def own_redis() -> Iterator[str]:
    """Its address. Keeps everything in memory and writes nothing to disk."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="storm-redis-") as folder:
        words = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no"]
        server = subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL)
        try:
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()
            server.wait(timeout=30)


def run(names: list[str], environment: dict[str, str]) -> bool:
    """True when every promise of these storms held. They tell their figures line by line.

    In a session of its own: whoever interrupts us reaches it once, through us, and it takes away what it started.
    """
    say(f"── {', '.join(names)}")
    words = [sys.executable, "-m", "pytest", "-n", "0", "-q", "--capture=sys", "--no-header", "-p", "no:randomly"]
    suite = subprocess.Popen(
        [*words, *(STORMS[name] for name in names)],
        cwd=ROOT,
        env={**os.environ, "STORM": "full", **environment},
        start_new_session=True,
    )
    try:
        return suite.wait() == 0
    finally:
        if suite.poll() is None:
            suite.send_signal(signal.SIGINT)
            suite.wait()


def blow(names: list[str]) -> bool:
    """Those that need a server share it, and one process, so that the tables are made once."""
    held = True
    on_a_server = [name for name in names if name not in ON_SQLITE]
    if on_a_server:
        with own_cluster() as cluster, own_redis() as redis:
            held = run(on_a_server, {"DATABASE_URL": cluster.url("postgres"), "CELERY_BROKER_URL": redis})
    for name in ON_SQLITE.intersection(names):
        held = run([name], {"DATABASE_URL": "", "CELERY_BROKER_URL": ""}) and held
    return held


def main(words: list[str]) -> int:
    unknown = [word for word in words if word not in STORMS]
    if unknown:
        say(f"There is no storm called {unknown[0]}. There are: {', '.join(STORMS)}.")
        return 2
    if not BINARIES.exists() or not shutil.which("redis-server"):
        say("The storms need the programs of PostgreSQL and Redis (Debian: postgresql, redis-server).")
        return 2
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda given, _frame: sys.exit(128 + given))
    began = time.monotonic()
    held = blow(words or list(STORMS))
    load = " ".join(f"{part:.1f}" for part in os.getloadavg())
    verdict = "Every promise held" if held else "A promise broke; the lines above say which"
    say(f"{verdict}. It took {time.monotonic() - began:.0f} s, the load is {load}.")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
