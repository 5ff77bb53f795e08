"""The catalogues under locale/: brought up to date, checked, compiled."""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from fundportal.translations.extraction import ROOT, collect

LANGUAGES = ("fr",)  # English is the source
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}|%[sd]")


def paths(root: Path = ROOT) -> list[Path]:
    return [root / "locale" / language / "LC_MESSAGES" / "django.po" for language in LANGUAGES]


def read(path: Path) -> Catalog:
    """A catalogue that is not there yet is an empty one."""
    if not path.exists():
        return Catalog(locale=path.parents[1].name, domain="django", project="fundportal", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=path.parents[1].name, domain="django")


def update(root: Path = ROOT) -> list[str]:
    """Brings each catalogue to the texts of today: new ones wait untranslated, unused ones go."""
    template = collect(root)
    done = []
    for path in paths(root):
        catalogue = read(path)
        catalogue.update(template, no_fuzzy_matching=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, width=120, include_lineno=False, ignore_obsolete=True)
        waiting = sum(1 for message in catalogue if message.id and not is_translated(message))
        done.append(f"{path.relative_to(root)}: {len(catalogue)} texts, {waiting} without a translation")
    return done


def compile_all(root: Path = ROOT) -> list[str]:
    """Writes each .mo that is older than its .po, whole or not at all: a server may be reading the old one."""
    done = []
    for path in filter(Path.exists, paths(root)):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= path.stat().st_mtime_ns:
            continue
        fresh = path.with_suffix(".mo.new")
        with fresh.open("wb") as file:
            write_mo(file, read(path))
        fresh.replace(target)
        done.append(f"{target.relative_to(root)} compiled")
    return done


def faults(root: Path = ROOT) -> list[str]:
    """What keeps a catalogue from being complete and true, one sentence each; an empty list is a clean bill."""
    wanted = {key(message): message for message in collect(root) if message.id}
    found = []
    for path in paths(root):
        name = str(path.relative_to(root))
        have = {key(message): message for message in read(path) if message.id}
        found += [f"{name}: not in the catalogue: {text[1]!r}" for text in wanted.keys() - have.keys()]
        found += [f"{name}: no longer used: {text[1]!r}" for text in have.keys() - wanted.keys()]
        found += [f"{name}: {fault}" for message in have.values() for fault in faults_of(message)]
    return sorted(found)


def faults_of(message: Message) -> Iterator[str]:
    source = texts(message.id)
    if not is_translated(message):
        yield f"not translated: {source[0]!r}"
        return
    if message.fuzzy:
        yield f"marked as a guess: {source[0]!r}"
    allowed = set().union(*(PLACEHOLDER.findall(text) for text in source))
    for translation in texts(message.string):
        unknown = set(PLACEHOLDER.findall(translation)) - allowed
        missing = set(PLACEHOLDER.findall(source[-1])) - set(PLACEHOLDER.findall(translation))
        if unknown or (missing and len(source) == 1):
            yield f"other placeholders than {source[0]!r}: {translation!r}"


def key(message: Message) -> tuple[str, str]:
    """Two texts are one when context and singular agree, as gettext itself looks them up."""
    return (message.context or "", texts(message.id)[0])


def is_translated(message: Message) -> bool:
    return all(texts(message.string))


def texts(value: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [value or ""] if isinstance(value, str) or value is None else list(value)
