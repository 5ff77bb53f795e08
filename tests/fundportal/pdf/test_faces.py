import pytest

from fundportal.pdf.bidi import LEFT, RIGHT, visual
from fundportal.pdf.faces import BOLD, DISPLAY, NO_GLYPH, REGULAR, has_glyph, runs, width
from fundportal.pdf.lines import Type, set_lines

SENTENCES = [
    "Thank you, Dana. $103.30 \u2212 \u20ac5 \u201cnote\u201d \u2019 \u2026 \u00b7",
    "Ville de Gala\u021bi, \u0141\u00f3d\u017a, \u00cele-de-France : \u00ab 170\u202f000\u00a0\u20ac \u00bb",
    "\u0639\u0645\u0651\u0627\u0646 (2026) \u0645\u062f\u064a\u0646\u0629\u064b \u0627\u0644\u0644\u0647 \u0644\u0627",
    "\u1230\u120b\u121d \u12a2\u1275\u12ee\u1335\u12eb",
]


@pytest.mark.parametrize("face", [REGULAR, BOLD, DISPLAY])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_character_finds_a_font_that_has_it(face: tuple[str, ...], sentence: str) -> None:
    glyphs = visual(sentence, RIGHT)
    found = runs(face, glyphs)
    assert NO_GLYPH not in "".join(part for _, part in found)
    assert all(has_glyph(name, character) for name, part in found for character in part)
    assert len("".join(part for _, part in found)) >= len(glyphs)


def test_a_character_that_no_font_has_shows_as_a_question_mark() -> None:
    assert runs(REGULAR, "a\U0001f600b") == [("PortalSans-Regular", "a?b")]


def test_a_lookalike_stands_in_for_what_only_a_plain_form_has() -> None:
    assert runs(REGULAR, "1\u202f000") == [("PortalSans-Regular", "1\u00a0000")]
    assert runs(REGULAR, "\ufb01n") == [("PortalSans-Regular", "fin")]


def test_lines_fit_their_room_and_lose_no_word() -> None:
    style = Type(REGULAR, 10, 14)
    text = "The receipt goes to the person who gave, in the language in which the gift was made."
    lines = set_lines(text, style, 120, LEFT)
    assert len(lines) > 2
    assert all(line.width <= 120 for line in lines)
    assert " ".join(line.glyphs for line in lines) == text


def test_a_word_longer_than_the_line_breaks_where_it_must() -> None:
    style = Type(REGULAR, 10, 14)
    lines = set_lines("a" * 100, style, 60, LEFT)
    assert "".join(line.glyphs for line in lines) == "a" * 100
    assert all(line.width <= 60 for line in lines)


def test_a_no_break_space_never_ends_a_line() -> None:
    style = Type(REGULAR, 10, 14)
    room = width(REGULAR, 10, "it costs 170\u00a0000")
    assert [line.glyphs for line in set_lines("it costs 170\u00a0000\u00a0\u20ac", style, room, LEFT)] == [
        "it costs",
        "170\u00a0000\u00a0\u20ac",
    ]


def test_arabic_lines_are_broken_in_reading_order() -> None:
    style = Type(REGULAR, 10, 14)
    first, second = "\u0623\u0648\u0644\u0627", "\u062b\u0627\u0646\u064a\u0627"
    lines = set_lines(f"{first} {second}", style, width(REGULAR, 10, visual(second, RIGHT)) + 1, RIGHT)
    assert [line.glyphs for line in lines] == [visual(first, RIGHT), visual(second, RIGHT)]
