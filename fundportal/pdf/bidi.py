"""From the order in which text is read to the order in which glyphs stand on one line.

Lines are broken first, in reading order; then each line is shaped and turned on its own.
"""

from collections.abc import Iterator
from typing import Any, Final
from unicodedata import bidirectional

from arabic_reshaper import ArabicReshaper
from bidi import algorithm

LEFT: Final = "L"
RIGHT: Final = "R"
# Characters that steer direction, joining or hyphenation and have no shape of their own.
INVISIBLE: Final = {
    ord(c): None for c in "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e"
}
ISOLATE: Final = "\u2068"
END_OF_ISOLATE: Final = "\u2069"
# The turning library knows embeddings, the older sort of isolates; on one line they bring about the same.
EMBEDDINGS: Final = {"\u2066": "\u202a", "\u2067": "\u202b", END_OF_ISOLATE: "\u202c"}
CLOSING: Final = {"(": ")", "[": "]", "{": "}"}
# Numbers count as right-to-left for what stands beside them.
STRONG: Final = {"L": LEFT, "R": RIGHT, "EN": RIGHT, "AN": RIGHT}
LETTERS: Final = {"L": LEFT, "R": RIGHT, "AL": RIGHT}
Glyph = dict[str, Any]

# Vowel signs stay: they tell words apart in names and in careful texts.
_reshaper = ArabicReshaper(configuration={"delete_harakat": False})


def base_direction(text: str, otherwise: str) -> str:
    """The direction of the first letter; `otherwise` for text without letters."""
    return next((LETTERS[kind] for kind in map(bidirectional, text) if kind in LETTERS), otherwise)


def isolated(text: str) -> str:
    """A code, a name or an amount that keeps its own order whatever stands around it, like `<bdi>` on a page."""
    return f"{ISOLATE}{text}{END_OF_ISOLATE}"


def visual(line: str, base: str) -> str:
    """The glyphs of one line from left to right: joined, turned, brackets mirrored, nothing invisible left."""
    shaped = _reshaper.reshape(_embedded(line))
    if base == LEFT and all(bidirectional(character) not in {"R", "AL", "AN"} for character in shaped):
        return shaped.translate(INVISIBLE)
    return _turned(shaped, base).translate(INVISIBLE)


def _embedded(line: str) -> str:
    made = []
    for place, character in enumerate(line):
        if character == ISOLATE:
            inside = line[place + 1 :].split(END_OF_ISOLATE, maxsplit=1)[0]
            made.append(EMBEDDINGS["\u2067" if base_direction(inside, LEFT) == RIGHT else "\u2066"])
        else:
            made.append(EMBEDDINGS.get(character, character))
    return "".join(made)


def _turned(text: str, base: str) -> str:
    """The steps of the turning library, with the bracket rule, which it predates, in its place between them."""
    storage: dict[str, Any] = algorithm.get_empty_storage()
    storage |= {"base_level": algorithm.PARAGRAPH_LEVELS[base], "base_dir": base}
    algorithm.get_embedding_levels(text, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    for run in storage["runs"]:
        _resolve_brackets(storage["chars"][run["start"] : run["start"] + run["length"]], run["sor"])
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    algorithm.reorder_resolved_levels(storage, debug=False)
    algorithm.apply_mirroring(storage, debug=False)
    return "".join(character["ch"] for character in storage["chars"])


def _resolve_brackets(run: list[Glyph], start: str) -> None:
    """Rule N0 of the bidirectional algorithm (UAX 9): a pair of brackets has one direction, that of what it holds."""
    for opening, closing in sorted(_pairs(run)):
        base = (LEFT, RIGHT)[run[opening]["level"] % 2]
        inside = {STRONG[each["type"]] for each in run[opening + 1 : closing] if each["type"] in STRONG}
        if not inside:
            continue
        before = [STRONG[each["type"]] for each in run[:opening] if each["type"] in STRONG]
        is_other = base not in inside and (before[-1] if before else start) != base
        run[opening]["type"] = run[closing]["type"] = inside.pop() if is_other else base


def _pairs(run: list[Glyph]) -> Iterator[tuple[int, int]]:
    waiting: list[tuple[str, int]] = []
    for place, glyph in enumerate(run):
        character = glyph["ch"]
        if character in CLOSING:
            waiting.append((CLOSING[character], place))
        elif any(character == wanted for wanted, _ in waiting):
            while waiting:
                wanted, opening = waiting.pop()
                if wanted == character:
                    yield opening, place
                    break
