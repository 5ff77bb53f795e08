"""The look's own laws: both directions from one file, nothing inline, contrast that was measured, few bytes."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from fundportal.templatetags.frame import MARKS, STYLESHEETS

STATIC = settings.BASE_DIR / "fundportal" / "static" / "fundportal"
STYLES = sorted((STATIC / "css").rglob("*.css"))
TEMPLATES = [path for path in sorted((settings.BASE_DIR / "templates").rglob("*.html")) if "emails" not in path.parts]
PHYSICAL = re.compile(
    r"(?<![\w-])((margin|padding|border|inset|scroll-margin|scroll-padding)-(left|right|top|bottom)\b"
    r"|(left|right|top|bottom|width|height|min-width|max-width|min-height|max-height)\s*:(?!\s*\d+rem\s*\))"
    r"|(text-align|float|clear)\s*:\s*(left|right)\b)"
)
INLINE = re.compile(
    r"\sstyle\s*=|<style[\s>]|<script(?![^>]*\ssrc=)[^>]*>|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE
)
LARGEST_STYLES = 60_000
LARGEST_LATIN_FONTS = 50_000


def without_comments_and_conditions(css: str) -> str:
    return re.sub(r"@(media|container)[^{]*\{", "{", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_know_start_and_end_but_not_left_and_right(path: Path) -> None:
    assert PHYSICAL.findall(without_comments_and_conditions(path.read_text())) == []


@pytest.mark.parametrize("line", ["margin-left: 1rem", "a { left: 0 }", "text-align:right", "p { width: 3px }"])
def test_a_physical_property_would_be_found(line: str) -> None:
    assert PHYSICAL.search(line)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_a_template_has_nothing_inline_that_the_content_policy_refuses(path: Path) -> None:
    assert INLINE.findall(path.read_text()) == []


@pytest.mark.parametrize("line", ['<p style="x">', "<script>a</script>", '<a onclick="b">', "<style>"])
def test_something_inline_would_be_found(line: str) -> None:
    assert INLINE.search(line)


def test_every_stylesheet_is_linked_once_and_exists() -> None:
    assert sorted(STATIC / "css" / f"{name}.css" for name in STYLESHEETS) == STYLES


def test_every_fund_colour_has_a_mark() -> None:
    assert {path.stem for path in (STATIC / "marks").glob("*.svg")} == MARKS
    assert set(fund_colours()) == MARKS - {"house"}


def test_styles_and_latin_fonts_are_small() -> None:
    assert sum(path.stat().st_size for path in STYLES) < LARGEST_STYLES
    latin = [STATIC / "fonts" / f"{name}.woff2" for name in ("besley-latin", "portal-sans-latin")]
    assert sum(path.stat().st_size for path in latin) <= LARGEST_LATIN_FONTS


def test_every_file_a_stylesheet_names_exists_and_comes_from_here() -> None:
    for path in STYLES:
        for url in re.findall(r"url\(([^)]+)\)", path.read_text()):
            assert not url.startswith(("http", "//"))
            assert (path.parent / url).exists(), url


@pytest.mark.parametrize("fund", sorted(MARKS - {"house"}))
@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_on_a_fund_s_colours_is_readable(fund: str, scheme: int) -> None:
    colours = {name: pair[scheme] for name, pair in fund_colours()[fund].items()}
    ink, paper = (("#14181a", "#ffffff"), ("#f1f4f1", "#111615"))[scheme]
    assert contrast(colours["on-field"], colours["field"]) >= 8
    assert contrast(colours["accent"], paper) >= 7
    assert contrast(ink, colours["wash"]) >= 12
    assert contrast("#14181a", colours["bar"]) >= 8


def fund_colours() -> dict[str, dict[str, tuple[str, str]]]:
    """Each fund's tokens as light and dark hex values."""
    css = (STATIC / "css" / "tokens.css").read_text()
    return {
        fund: {
            name: (light, dark)
            for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", body)
        }
        for fund, body in re.findall(r'\[data-fund="(\w+)"\] \{([^}]*)\}', css)
    }


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_picture_for_a_phone_s_camera_stands_on_white_on_a_dark_screen_too() -> None:
    """Dark squares on a dark page cannot be read: the second key could not be set up there."""
    assert re.search(r"\.qr \{[^}]*background: #fff;", (STATIC / "css" / "pages.css").read_text())
    page = settings.BASE_DIR / "templates" / "mfa" / "totp" / "activate_form.html"
    assert '<img class="qr"' in page.read_text()
