"""Pages: no inline code, one heading, nothing that Django's own strictness would not catch."""

import re

import pytest

from tests.architecture import sources

INLINE = {
    "a style attribute": re.compile(r"<[^>]+\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script in the page": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]+\son[a-z]+\s*=", re.IGNORECASE),
    "an address of another site": re.compile(r"(src|srcset)\s*=\s*[\"'](https?:)?//", re.IGNORECASE),
    "a switched-off escape": re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off"),
}
BAD = {
    "a style attribute": '<p class="x" style="color: red">',
    "a style element": "<style>p { color: red }</style>",
    "a script in the page": "<script>alert(1)</script>",
    "an event attribute": '<a href="#" onclick="go()">',
    "an address of another site": '<img src="https://example.org/x.png">',
    "a switched-off escape": "{{ text|safe }}",
}
GOOD = '<script type="module" src="{% static "x.js" %}"></script><a href="https://example.org">x</a>'


def pages():
    """Mail is read outside a browser, where styles have to stand in the text."""
    return [path for path in sources.templates() if path.suffix == ".html" and "emails" not in path.parts]


@pytest.mark.parametrize("fault", INLINE)
def test_no_page_contains(fault):
    assert [sources.name(path) for path in pages() if INLINE[fault].search(path.read_text(encoding="utf-8"))] == []
    assert INLINE[fault].search(BAD[fault])
    assert not INLINE[fault].search(GOOD)


def test_no_page_has_two_main_headings():
    """Branches of one `if` may each have theirs; that a page has one at all is seen in the browser."""
    assert [sources.name(path) for path in pages() if headings(path.read_text(encoding="utf-8")) > 1] == []


def headings(text: str) -> int:
    branches = len(re.findall(r"{%\s*(else|elif)\b", text))
    return len(re.findall(r"<h1\b", text)) - branches


def test_text_is_marked_for_translation():
    """A word between two tags that is not inside a translate tag would stay English for everybody."""
    found = [
        f"{sources.name(path)}: {words[0]}"
        for path in sources.templates()
        if path.name != "robots.txt"
        if (words := unmarked(path.read_text(encoding="utf-8")))
    ]
    assert found == []


BLOCKS = [
    r"{%\s*blocktrans(late)?\b.*?{%\s*endblocktrans(late)?\s*%}",
    r"{%\s*comment\b.*?{%\s*endcomment\s*%}",
    r"{#.*?#}",
    r"{%.*?%}",
    r"{{.*?}}",
    r"<!--.*?-->",
    r"<(script|style|svg|code|pre)\b.*?</\1>",
    r"<[^>]*>",
    r"[\w-]+=\"[^\"]*\"",
    r"&\w+;",
    r"\bUTC\b",
]


def unmarked(text: str) -> list[str]:
    for block in BLOCKS:
        text = re.sub(block, "\n", text, flags=re.DOTALL)
    return re.findall(r"[A-Za-zÀ-ÿ]{3,}[^\n]*", text)


def test_an_unmarked_word_is_found():
    assert unmarked("<p>Give now</p>") == ["Give now"]
    assert unmarked("<p>{% translate 'Give now' %}</p>{% blocktranslate %}More{% endblocktranslate %}") == []


STYLES = {
    "a physical side": re.compile(
        r"\b(margin|padding|border|inset)-(left|right)\b|text-align:\s*(left|right)|[{;\s](left|right):"
    ),
    "another site": re.compile(r"url\(\s*[\"']?(https?:)?//"),
}


@pytest.mark.parametrize("fault", STYLES)
def test_no_stylesheet_contains(fault):
    """Logical sides turn by themselves where a language runs from right to left."""
    sheets = sorted((sources.ROOT / "fundportal" / "static").rglob("*.css"))
    assert sheets
    assert [sources.name(path) for path in sheets if STYLES[fault].search(path.read_text(encoding="utf-8"))] == []
    assert STYLES["a physical side"].search("p { margin-left: 1rem }")
    assert not STYLES["a physical side"].search("p { margin-inline-start: 1rem }")
