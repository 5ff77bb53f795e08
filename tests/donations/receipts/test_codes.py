from hypothesis import given
from hypothesis import strategies as st

from donations.receipts import codes

CODES = st.builds(codes.new_code)


@given(CODES)
def test_a_code_survives_being_written_down_and_typed_again(code: str) -> None:
    written = codes.written(code)

    assert len(written) == 12
    assert codes.as_typed(f" {written.lower()} ") == code
    assert codes.is_whole(code)


@given(CODES, st.integers(0, codes.LENGTH - 1), st.sampled_from(codes.ALPHABET))
def test_one_wrong_character_is_noticed(code: str, place: int, letter: str) -> None:
    changed = code[:place] + letter + code[place + 1 :]

    assert codes.is_whole(changed) == (changed == code)


@given(CODES, st.integers(0, codes.LENGTH - 2))
def test_two_characters_that_changed_places_are_noticed(code: str, place: int) -> None:
    changed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    assert codes.is_whole(changed) == (changed == code)


@given(st.text(max_size=40))
def test_any_text_is_either_a_code_or_not(text: str) -> None:
    assert codes.is_whole(codes.as_typed(text)) in {True, False}


def test_what_looks_alike_is_left_out() -> None:
    assert not set(codes.ALPHABET) & set("0O1ILSU")
    assert codes.as_typed("s") == "5"
