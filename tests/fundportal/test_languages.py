import pytest
from django.utils import translation

from fundportal.languages import direction, pick


@pytest.mark.parametrize(
    ("texts", "language", "expected"),
    [
        ({"en": "Fund", "fr": "Fonds"}, "fr", "Fonds"),
        ({"en": "Fund", "fr": "Fonds"}, "fr-ca", "Fonds"),
        ({"en": "Fund"}, "fr", "Fund"),
        ({"ar": "صندوق"}, "fr", "صندوق"),
        ({"en": "", "fr": "Fonds"}, "en", "Fonds"),
        ({}, "en", ""),
    ],
)
def test_a_text_is_picked_in_the_nearest_language(texts, language, expected):
    assert pick(texts, language) == expected


def test_without_a_language_the_active_one_is_used():
    with translation.override("fr"):
        assert pick({"en": "Fund", "fr": "Fonds"}) == "Fonds"


def test_arabic_runs_from_right_to_left_and_french_does_not():
    assert direction("ar") == "rtl"
    assert direction("fr-ca") == "ltr"
