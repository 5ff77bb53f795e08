"""Keeps the demo running: prepares its data, starts the sandbox, the web and the worker, and ends with all of them.

`./run demo` hands over to this once everything is installed. Standard library only: nothing here waits for Django.
"""

import argparse
import contextlib
import fcntl
import hashlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"
DEMO = VAR / "demo"
PREPARED = DEMO / "prepared"
ACCOUNTS = DEMO / "accounts.txt"
MADE_BY_THE_DEMO = ("demo", "broker", "broker-control", "documents", "quarantine", "media", "static", "mail")
DEPENDS_ON = ("fundportal", "grants", "donations", "cms", "templates", "locale", "requirements")
EVERYWHERE = {"127.0.0.1", "0.0.0.0", "localhost"}  # noqa: S104  (compared with, not listened on)
LONGEST_START = 90
LONGEST_STOP = 10


def say(line: str) -> None:
    print(line, flush=True)


@dataclass
class Stack:
    """The processes of one demo, each in a process group of its own, so that none of their children stays behind."""

    environment: dict[str, str]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, *words: str) -> None:
        with log_of(name).open("wb") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, *words],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def who_ended(self) -> str | None:
        return next((name for name, process in self.running.items() if process.poll() is not None), None)

    def stop(self) -> None:
        """Asks all to end, waits, and ends what is left: also what an ended process left behind in its group."""
        for process in self.running.values():
            signal_group(process, signal.SIGTERM)
        deadline = time.monotonic() + LONGEST_STOP
        for process in self.running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
        for process in self.running.values():
            signal_group(process, signal.SIGKILL)
            process.wait()
        self.running.clear()


def signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def log_of(name: str) -> Path:
    return DEMO / f"{name}.log"


# ── data ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def forget() -> None:
    """Removes what the demo made, and nothing else under var/."""
    for name in MADE_BY_THE_DEMO:
        shutil.rmtree(VAR / name, ignore_errors=True)
    for path in VAR.glob("demo.sqlite3*"):
        path.unlink()
    say("The demo's data is forgotten.")


def fingerprint(environment: dict[str, str]) -> str:
    """Changes when code, texts, templates or the database's address do: then the data is prepared again."""
    known = hashlib.sha256(environment.get("DATABASE_URL", "").encode())
    for room in DEPENDS_ON:
        for path in sorted((ROOT / room).rglob("*")):
            if path.is_file() and path.suffix not in {".pyc", ".mo"}:
                facts = path.stat()
                known.update(f"{path.relative_to(ROOT)} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return known.hexdigest()


def prepare(environment: dict[str, str]) -> None:
    """Brings database, catalogues and static files to the present code; a start that changed nothing skips it."""
    now = fingerprint(environment)
    there = environment.get("DATABASE_URL") or (VAR / "demo.sqlite3").exists()
    if there and PREPARED.exists() and PREPARED.read_text() == now:
        return
    PREPARED.unlink(missing_ok=True)
    say("Compiling translations ...")
    run(environment, "-m", "fundportal.translations", "compile")
    say("Migrating the database ...")
    run(environment, "manage.py", "migrate", "--verbosity", "0")
    say("Collecting static files ...")
    run(environment, "manage.py", "collectstatic", "--no-input", "--verbosity", "0")
    say("Loading the demo ...")
    run(environment, "manage.py", "load_demo")
    table = run(environment, "manage.py", "demo_accounts", stdout=subprocess.PIPE).stdout
    ACCOUNTS.write_bytes(table)
    PREPARED.write_text(now)


def run(environment: dict[str, str], *words: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, check=False, **options)
    if done.returncode:
        sys.exit(f"`{' '.join(words)}` ended with {done.returncode}; the lines above say why.")
    return done


# ── processes ───────────────────────────────────────────────────────────────────────────────────────────────────────


def free_port(after: int, host: str) -> int:
    for port in (*range(after + 1, min(after + 100, 65536)), 0):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            return int(probe.getsockname()[1])
    sys.exit("There is no free port for the Stripe sandbox.")


def name_of(host: str) -> str:
    """What a browser on this machine calls it."""
    return "localhost" if host in EVERYWHERE else host


def environment_for(host: str, port: int, sandbox_port: int) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "fundportal.settings.development",
        "PYTHONUNBUFFERED": "1",
        "SITE_ORIGIN": f"http://{name_of(host)}:{port}",
        "FUNDPORTAL_SANDBOX": "1",
        "STRIPE_API_KEY": "sk_test_sandbox",
        "STRIPE_API_BASE": f"http://{name_of(host)}:{sandbox_port}",
        "STRIPE_WEBHOOK_SECRETS": f"whsec_{secrets.token_hex(16)}",
    }


def start_all(stack: Stack, host: str, port: int, sandbox_port: int) -> None:
    """The page first: the worker starts once it answers, so that both do not load at once."""
    webhook = f"{stack.environment['SITE_ORIGIN']}/stripe/webhook/"
    secret = stack.environment["STRIPE_WEBHOOK_SECRETS"]
    sandbox = ["--port", str(sandbox_port), "--host", host, "--webhook", webhook, "--secret", secret]
    stack.start("sandbox", "-m", "donations.stripe.sandbox", *sandbox, "--state", str(DEMO / "sandbox.sqlite3"))
    threads = ["--worker-class", "gthread", "--workers", "1", "--threads", "8", "--no-control-socket"]
    stack.start("web", "-m", "gunicorn", "fundportal.wsgi", "--bind", f"{host}:{port}", *threads)
    wait_for(stack, f"{stack.environment['SITE_ORIGIN']}/en/")
    beat = ["--beat", "--schedule", str(DEMO / "beat")]
    stack.start("worker", "-m", "celery", "-A", "fundportal", "worker", "--pool", "threads", "-c", "2", *beat)


def wait_for(stack: Stack, address: str) -> None:
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline:
        if ended := stack.who_ended():
            report(ended)
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310  (our own address)
            if answer.status == 200:  # noqa: PLR2004  (HTTP's own word for "here it is")
                return
        time.sleep(0.1)
    sys.exit(f"No page came from {address} within {LONGEST_START} seconds; {log_of('web')} may say why.")


def report(name: str) -> NoReturn:
    """Says which process ended and what it said last, and ends everything."""
    lines = log_of(name).read_text(errors="replace").splitlines()[-20:]
    sys.exit("\n".join([f"The {name} stopped, so the demo stops. Its last lines ({log_of(name)}):", *lines]))


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Two demos in one folder would share one database and one broker."""
    DEMO.mkdir(parents=True, exist_ok=True)
    with (VAR / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            sys.exit("A demo is already running from this folder. Stop it first, or use another clone.")
        yield


def main(words: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", required=True)
    parser.add_argument("--reset", action="store_true")
    chosen = parser.parse_args(words)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, end)
    with only_one():
        if chosen.reset:
            forget()
        for folder in (DEMO, VAR / "broker", VAR / "broker-control"):
            folder.mkdir(parents=True, exist_ok=True)
        keep_running(chosen.host, chosen.port)


def keep_running(host: str, port: int) -> NoReturn:
    """Until a signal ends it, or one of the processes ends."""
    sandbox_port = free_port(port, host)
    stack = Stack(environment_for(host, port, sandbox_port))
    try:
        prepare(stack.environment)
        say("Starting ...")
        start_all(stack, host, port, sandbox_port)
        welcome(stack.environment["SITE_ORIGIN"])
        while not (ended := stack.who_ended()):
            time.sleep(0.5)
        report(ended)
    finally:
        stack.stop()


def end(number: int, _frame: object) -> NoReturn:
    signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C does not cut the stopping short
    say("\nStopping ...")
    sys.exit(0 if number == signal.SIGINT else 128 + number)


def welcome(origin: str) -> None:
    say(f"\nThe portal is at {origin}\n")
    say(ACCOUNTS.read_text())
    say(f"Its mail is at {origin}/demo/mail/, its clock at {origin}/demo/clock/")
    say("Ctrl-C stops everything; the data stays for the next start.")


if __name__ == "__main__":
    main(sys.argv[1:])
