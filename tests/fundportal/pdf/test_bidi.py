import bidi
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fundportal.pdf.bidi import LEFT, RIGHT, base_direction, isolated, visual

AMMAN = "\u0639\u0645\u0627\u0646"
AMMAN_TURNED = "\ufee5\ufe8e\ufee4\ufecb"
BARS = str.maketrans("()[]", "||||")


@pytest.mark.parametrize("base", [LEFT, RIGHT])
def test_brackets_round_a_year_open_to_the_left_and_close_to_the_right(base: str) -> None:
    assert "(2026)" in visual(f"{AMMAN} (2026) {AMMAN}", base)


def test_an_arabic_name_in_brackets_stays_inside_them() -> None:
    assert visual(f"Gift ({AMMAN}) 2026", LEFT) == f"Gift ({AMMAN_TURNED}) 2026"
    assert visual(f"{AMMAN} (Amman, 2026)", RIGHT) == f"(Amman, 2026) {AMMAN_TURNED}"


def test_a_code_keeps_its_order_behind_arabic_letters_when_isolated() -> None:
    assert visual(f"{AMMAN} {isolated('2026-000312')}", RIGHT).startswith("2026-000312")


def test_vowel_signs_stay() -> None:
    assert "\u0651" in visual("\u0639\u0645\u0651\u0627\u0646", RIGHT)


def test_left_to_right_text_is_left_alone_but_for_invisible_marks() -> None:
    assert visual("Caf\u00e9 \u00ab (a) \u00bb", LEFT) == "Caf\u00e9 \u00ab (a) \u00bb"
    assert visual("a\u200eb\u00adc\u2066d\u2069", LEFT) == "abcd"


def test_text_without_letters_takes_the_direction_of_its_page() -> None:
    assert base_direction("2026", RIGHT) == RIGHT
    assert base_direction("2026 Amman", RIGHT) == LEFT
    assert base_direction(AMMAN, LEFT) == RIGHT


# The other implementation of the same library knows the bracket rule but does not mirror: an oracle for the order.
WORDS = st.sampled_from(["abc", AMMAN, "2026", "(abc)", f"({AMMAN})", "(2026)", "[abc 1]", f"[{AMMAN} 7]", "1,000"])


@given(st.lists(WORDS, min_size=1, max_size=6), st.sampled_from([LEFT, RIGHT]))
def test_the_order_of_glyphs_is_the_one_of_a_second_implementation(words: list[str], base: str) -> None:
    ours = visual(" ".join(words), base)
    theirs = bidi.get_display(" ".join(word.replace(AMMAN, AMMAN_TURNED[::-1]) for word in words), base_dir=base)
    assert ours.translate(BARS) == theirs.translate(BARS)
