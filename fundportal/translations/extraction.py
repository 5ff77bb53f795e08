"""Every text that the code and the templates mark for translation, as Babel's template catalogue."""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("fundportal", "grants", "donations", "cms", "templates")
LEFT_OUT = {"migrations", "static", "data"}
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def collect(root: Path = ROOT) -> Catalog:
    """The texts in the order of their files; each names the files it comes from, without line numbers."""
    template = Catalog(project="fundportal", charset="utf-8")
    for path in sources(root):
        name = path.relative_to(root).as_posix()
        for _line, message, comments, context in extract("python", as_python(path, name), KEYWORDS, ["Translators:"]):
            template.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return template


def sources(root: Path) -> Iterator[Path]:
    for room in ROOMS:
        for path in sorted((root / room).rglob("*")):
            is_template = room == "templates" and path.suffix in {".html", ".txt"}
            if (path.suffix == ".py" or is_template) and not LEFT_OUT & set(path.relative_to(root).parts):
                yield path


def as_python(path: Path, name: str) -> io.BytesIO:
    """A template becomes calls of gettext with everything else blanked out; indentation would mean something then."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = "\n".join(line.lstrip() for line in templatize(text, origin=name).splitlines())
    return io.BytesIO(text.encode())
