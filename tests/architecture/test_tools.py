"""What the project is installed from, and the script that installs it."""

import ast
import importlib.metadata
import re
import subprocess
import sys

import pytest

from tests.architecture import sources

LOCKS = ["uv.txt", "production.txt", "development.txt"]


def test_the_old_django_fsm_is_absent():
    """Its present releases are under the AGPL; django-fsm-2 gives the same import under the MIT licence."""
    names = {one.name.lower().replace("_", "-") for one in importlib.metadata.distributions()}
    assert "django-fsm-2" in names
    assert "django-fsm" not in names


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_its_hashes(lock):
    text = (sources.ROOT / "requirements" / lock).read_text()
    pins = re.findall(r"^[\w.\[\]-]+==\S+[^\n]*\n(?:    [^\n]*\n)*", text, flags=re.MULTILINE)
    assert pins
    assert [pin for pin in pins if "--hash=sha256:" not in pin] == []
    assert "://" not in text


def test_the_development_lock_contains_productions():
    """So one environment serves demo and tests."""
    pinned = [
        set(re.findall(r"^([\w.\[\]-]+==[^\s;]+)", (sources.ROOT / "requirements" / lock).read_text(), re.MULTILINE))
        for lock in LOCKS[1:]
    ]
    assert pinned[0] <= pinned[1]


def test_an_old_python_can_read_the_script_far_enough_to_say_so():
    assert ast.parse((sources.ROOT / "run").read_text(), feature_version=(3, 7))


def test_the_script_explains_itself():
    done = subprocess.run([sys.executable, "run"], cwd=sources.ROOT, capture_output=True, text=True, check=True)
    for command in ("./run demo", "./run test", "./run check", "./run manage"):
        assert command in done.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["dmeo"], "There is no `./run dmeo`."),
        (["demo", "--port", "abc"], "A port is a number from 1 to 65535, not 'abc'."),
        (["demo", "--port", "70000"], "A port is a number from 1 to 65535, not '70000'."),
    ],
)
def test_a_slip_gets_one_sentence(words, sentence):
    done = subprocess.run(
        [sys.executable, "run", *words], cwd=sources.ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith(sentence)
    assert len(done.stderr.splitlines()) == 1
