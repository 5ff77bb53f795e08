"""Words that may not stand in the code, and what stands instead."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fundportal.translations.extraction import collect
from tests.architecture import sources

CLOCKS = {"timezone.now", "timezone.localtime", "timezone.localdate", "datetime.now", "datetime.utcnow", "date.today"}
OWN_CLOCK = ("fundportal/clock.py", "fundportal/demo/stack.py", "donations/stripe/sandbox/")
HUNDREDS = (ast.Mult, ast.Div, ast.FloorDiv, ast.Mod)
NEAR_MONEY = ("donations/", "grants/", "cms/", "fundportal/money/", "fundportal/ledger/", "fundportal/funds/")
Law = Callable[[ast.AST], bool]


def asks_the_machine_for_the_time(node: ast.AST) -> bool:
    """`fundportal.clock.now()` instead: the demo's clock and the tests move it."""
    if not isinstance(node, ast.Call):
        return False
    words = sources.dotted(node.func).split(".")
    return ".".join(words[-2:]) in CLOCKS


def makes_a_float(node: ast.AST) -> bool:
    """Whole minor units instead: a float cannot hold a cent."""
    return isinstance(node, ast.Call) and sources.dotted(node.func) == "float"


def scales_by_a_hundred(node: ast.AST) -> bool:
    """The currency's exponent instead: a yen has no cents, a dinar has a thousand fils."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, HUNDREDS):
        return False
    return any(isinstance(side, ast.Constant) and side.value == 100 for side in (node.left, node.right))


def writes_a_state_past_its_machine(node: ast.AST) -> bool:
    """`lifecycle.move()` instead: a queryset's update runs no guard."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr != "update":
        return False
    return any(keyword.arg == "state" for keyword in node.keywords)


def trusts_a_superuser(node: ast.AST) -> bool:
    """`may()` instead: Django's answer is yes to every superuser."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "has_perm"


def breaches(law: Law, *, near: tuple[str, ...] = (), exempt: tuple[str, ...] = ()) -> Iterator[str]:
    for path in sources.python_files():
        name = sources.name(path)
        if name.startswith(exempt or ("\0",)) or (near and not name.startswith(near)):
            continue
        yield from (f"{name}:{node.lineno}" for node in ast.walk(sources.tree(path)) if law(node))


def test_only_the_clock_knows_the_time():
    assert list(breaches(asks_the_machine_for_the_time, exempt=OWN_CLOCK)) == []


def test_no_float_comes_near_money():
    """Maps are drawn from degrees, which are no money."""
    assert list(breaches(makes_a_float, near=NEAR_MONEY, exempt=("cms/templatetags/maps.py",))) == []


def test_nobody_scales_money_by_a_hundred():
    """But where Stripe itself counts a currency without cents in hundredths."""
    assert list(breaches(scales_by_a_hundred, near=NEAR_MONEY, exempt=("donations/stripe/gateway/amounts.py",))) == []


def test_nobody_writes_a_state_past_its_machine():
    assert list(breaches(writes_a_state_past_its_machine)) == []


def test_nobody_asks_django_for_a_permission():
    assert list(breaches(trusts_a_superuser, exempt=("cms/",))) == []


@pytest.mark.parametrize(
    ("law", "bad", "good"),
    [
        (asks_the_machine_for_the_time, "django.utils.timezone.now()", "clock.now()"),
        (asks_the_machine_for_the_time, "datetime.datetime.now(UTC)", "received.now"),
        (makes_a_float, "float(amount)", "int(amount)"),
        (scales_by_a_hundred, "amount * 100", "amount * 10"),
        (scales_by_a_hundred, "amount_minor / 100", "amount_minor // rate"),
        (writes_a_state_past_its_machine, "gifts.update(state='received')", "gifts.update(note='x')"),
        (trusts_a_superuser, "user.has_perm('x', gift)", "may(user, 'x')"),
    ],
)
def test_the_laws_bite(law, bad, good):
    assert any(law(node) for node in ast.walk(ast.parse(bad)))
    assert not any(law(node) for node in ast.walk(ast.parse(good)))


# A letter in brackets, so that this file does not name them either.
FOREIGN = [
    r"pyp[i]\.org",
    r"pythonhoste[d]",
    r"registry\.npmj[s]",
    r"deb\.debia[n]",
    r"\.\./share[d]\b",
    r"/wor[k]/",
    r"/roo[t]/",
]
SILENCED = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:\s*no cover)(?P<rest>.*)$")
REASON = re.compile(r"^(:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*|\[[\w, -]+\])\s*[#(:-]+\s*\(?\w+")
UNFINISHED = re.compile(r"\b(TOD[O]|FIXM[E]|HAC[K])\b")


def read(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("word", FOREIGN)
def test_no_file_names_a_package_index_or_a_folder_of_one_machine(word):
    pattern = re.compile(word)
    assert [
        sources.name(path) for path in sources.text_files() if pattern.search(path.read_text(encoding="utf-8"))
    ] == []


def is_silent_without_a_reason(line: str) -> bool:
    found = SILENCED.search(line)
    return bool(found) and not REASON.match(found["rest"])


def test_whoever_silences_a_tool_says_why():
    found = [
        f"{sources.name(path)}: {line.strip()}"
        for path in (*sources.python_files(tests=True, migrations=True), sources.ROOT / "run")
        for line in read(path)
        if path != Path(__file__) and is_silent_without_a_reason(line)
    ]
    assert found == []


@pytest.mark.parametrize("line", ["x = 1  # noqa", "x = 1  # noqa: E501", "x: int = y  # type: ignore[attr-defined]"])
def test_a_silence_without_a_reason_is_heard(line):
    assert is_silent_without_a_reason(line)
    assert not is_silent_without_a_reason("x = 1  # noqa: E501  (a URL that cannot be broken)")


def test_nothing_is_left_for_later():
    files = (*sources.python_files(tests=True), *sources.templates())
    assert [sources.name(path) for path in files if any(UNFINISHED.search(line) for line in read(path))] == []


UNCALM = re.compile(r"\b(invalid|submit|submitted|oops|please note|whoops|unfortunately)\b", re.IGNORECASE)


def test_no_text_for_people_scolds_or_shouts():
    assert [message.id for message in collect() if UNCALM.search(str(message.id))] == []
