"""A PostgreSQL cluster of one's own on loopback: it may be stopped in the middle of anything."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

BINARIES = Path("/usr/lib/postgresql")
OPTIONS = {"listen_addresses": "127.0.0.1", "fsync": "off", "max_connections": "200", "log_min_messages": "fatal"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def newest(program: str) -> str:
    """Where the newest PostgreSQL of this machine keeps it."""
    return str(max(BINARIES.glob(f"*/bin/{program}"), key=lambda path: int(path.parts[-3])))


@dataclass(frozen=True)
class Cluster:
    folder: Path
    port: int

    def url(self, name: str) -> str:
        return f"postgres://storm@127.0.0.1:{self.port}/{name}"

    def connect(self, name: str) -> psycopg.Connection[Any]:
        return psycopg.connect(self.url(name), autocommit=True, connect_timeout=60)

    def copy(self, template: str, name: str) -> str:
        with self.connect("postgres") as server:
            names = (sql.Identifier(name), sql.Identifier(template))
            server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
        return self.url(name)

    def carry_over(self, source: str, name: str) -> None:
        """A copy of a database that another server has; `source` is its address."""
        with self.connect("postgres") as server:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        dump = subprocess.run(
            [newest("pg_dump"), "--no-owner", "--no-privileges", source], capture_output=True, check=True, timeout=300
        )
        words = [newest("psql"), "--quiet", "-v", "ON_ERROR_STOP=1", self.url(name)]
        subprocess.run(words, input=dump.stdout, stdout=subprocess.DEVNULL, check=True, timeout=300)

    def start(self) -> None:
        words = [f"-p {self.port}", f"-k {self.folder}", *(f"-c {name}={value}" for name, value in OPTIONS.items())]
        self._run(
            "pg_ctl",
            "-D",
            str(self.folder / "data"),
            "-l",
            str(self.folder / "log"),
            "-w",
            "-o",
            " ".join(words),
            "start",
        )

    def stop(self) -> None:
        """As a power cut would: every connection ends in the middle of what it did."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")

    def restart(self) -> None:
        self.stop()
        self.start()

    def _run(self, program: str, *arguments: str) -> None:
        """PostgreSQL refuses to run as root; there it runs as the user that its package made."""
        user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        subprocess.run(
            [newest(program), *arguments], cwd=self.folder, stdout=subprocess.DEVNULL, check=True, timeout=300, **user
        )


@contextmanager
def own_cluster() -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="storm-"))
    cluster = Cluster(folder, free_port())
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        cluster._run("initdb", "-D", str(folder / "data"), "-A", "trust", "-U", "storm", "-E", "UTF8", "--no-sync")
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder)
