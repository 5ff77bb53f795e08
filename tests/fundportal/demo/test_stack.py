import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fundportal.demo import stack

PARENT = """
import pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
pathlib.Path(sys.argv[1]).write_text(str(child.pid))
time.sleep(600)
"""


@pytest.fixture
def running(tmp_path, monkeypatch):
    monkeypatch.setattr(stack, "DEMO", tmp_path)
    made = stack.Stack(dict(os.environ))
    yield made
    made.stop()


def is_alive(pid):
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().split()[2] != "Z"


def wait_until(happened):
    deadline = time.monotonic() + 90
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_stopping_ends_the_children_of_children_too(running, tmp_path):
    note = tmp_path / "pid"
    running.start("web", "-c", PARENT, str(note))
    wait_until(lambda: note.exists() and note.read_text())
    grandchild = int(note.read_text())
    assert is_alive(grandchild)
    running.stop()
    wait_until(lambda: not is_alive(grandchild))


def test_a_process_that_ends_is_named_with_its_last_words(running):
    running.start("worker", "-c", "raise SystemExit('no broker here')")
    wait_until(running.who_ended)
    assert running.who_ended() == "worker"
    with pytest.raises(SystemExit, match=r"The worker stopped.*(\n.*)*no broker here"):
        stack.report("worker")


def test_a_taken_port_is_passed_over():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        found = stack.free_port(port - 1, "127.0.0.1")
    assert found != port


def test_two_demos_do_not_share_a_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(stack, "VAR", tmp_path)
    monkeypatch.setattr(stack, "DEMO", tmp_path / "demo")
    with stack.only_one(), pytest.raises(SystemExit, match="already running"), stack.only_one():
        pass
    with stack.only_one():
        pass


def test_forgetting_takes_only_what_the_demo_made(tmp_path, monkeypatch):
    monkeypatch.setattr(stack, "VAR", tmp_path)
    for name in ("documents", "quarantine", "test"):
        (tmp_path / name).mkdir()
    for name in ("demo.sqlite3", "demo.sqlite3-wal", "other.sqlite3"):
        (tmp_path / name).touch()
    stack.forget()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.sqlite3", "test"]


def test_the_data_is_prepared_again_when_something_changes(tmp_path, monkeypatch):
    monkeypatch.setattr(stack, "ROOT", tmp_path)
    (tmp_path / "locale").mkdir()
    before = stack.fingerprint({})
    (tmp_path / "locale" / "django.mo").write_text("compiled")
    assert stack.fingerprint({}) == before
    (tmp_path / "locale" / "django.po").write_text("new words")
    assert stack.fingerprint({}) != before
    assert stack.fingerprint({"DATABASE_URL": "postgres://x"}) != before


@pytest.mark.parametrize(("host", "name"), [("127.0.0.1", "localhost"), ("10.1.2.3", "10.1.2.3")])
def test_links_name_what_a_browser_here_can_reach(host, name):
    assert stack.environment_for(host, 8000, 8001)["SITE_ORIGIN"] == f"http://{name}:8000"


def test_it_needs_nothing_that_has_to_be_installed():
    """It starts before anything else is loaded, so a slow import would delay every start."""
    source = Path(stack.__file__).read_text()
    imported = [line.split()[1].split(".")[0] for line in source.splitlines() if line.startswith(("import ", "from "))]
    assert set(imported) <= sys.stdlib_module_names


def test_a_busy_port_gets_one_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        words = [sys.executable, str(stack.ROOT / "run"), "demo", "--port", port]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Cannot listen on 127.0.0.1:{port} (Address already in use).")
    assert len(done.stderr.splitlines()) == 1
