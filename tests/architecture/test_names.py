"""Folders name the business, files name its activities; a drawer for everything else does not exist."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.architecture import sources

DRAWERS = {"utils", "util", "helpers", "helper", "common", "mixins", "misc", "base_utils", "shared", "tools", "stuff"}
TOP = {
    *("fundportal", "grants", "donations", "cms", "templates", "tests", "docs", "locale", "requirements", "run"),
    *("manage.py", "pyproject.toml", "README.md", "SECURITY.md", "LICENSE", "NOTICE", "CHANGELOG.md"),
}


def is_drawer(path: Path) -> bool:
    return bool(DRAWERS & {path.stem, *path.parts})


def test_no_module_is_a_drawer_for_everything_else():
    found = [
        sources.name(path) for path in sources.python_files(tests=True) if is_drawer(path.relative_to(sources.ROOT))
    ]
    assert found == []


def test_a_drawer_is_recognised():
    assert is_drawer(Path("donations/utils.py"))
    assert is_drawer(Path("donations/helpers/money.py"))
    assert not is_drawer(Path("donations/gifts/money.py"))


def test_the_top_level_is_fixed():
    seen = {path.name for path in sources.ROOT.iterdir() if not path.name.startswith((".", "__"))}
    assert seen - TOP - {"var"} == set()


def test_the_django_admin_is_absent():
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert [sources.name(path) for path in sources.python_files() if path.stem == "admin"] == []


@pytest.mark.parametrize("half", ["donations", "grants"])
def test_tests_mirror_the_slices(half):
    """Each slice with code of its own has its folder of tests."""
    slices = {path.parent.name for path in (sources.ROOT / half).glob("*/apps.py")}
    tested = {path.name for path in (sources.ROOT / "tests" / half).iterdir()}
    assert {name for name in slices if not {name, f"test_{name}.py"} & tested} == set()
