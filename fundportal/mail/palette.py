"""The site's colour tokens as hex, because mail programs read neither variables nor light-dark()."""

from typing import NamedTuple

TEXT_FACE = "'Source Sans 3', Arial, sans-serif"
DISPLAY_FACE = "Besley, Georgia, serif"


class Tokens(NamedTuple):
    paper: str
    sheet: str
    ink: str
    ink_2: str
    hair: str
    bar: str
    accent: str


class Theme(NamedTuple):
    bar: str
    accent: str
    dark_bar: str
    dark_accent: str


HOUSE = Theme(bar="#b9c5be", accent="#14181a", dark_bar="#5d6c66", dark_accent="#f1f4f1")
THEMES = {
    "bicf": Theme(bar="#ffc933", accent="#734700", dark_bar="#ffc933", dark_accent="#ffc933"),
    "gcf": Theme(bar="#7fcfb4", accent="#0a5a47", dark_bar="#7fcfb4", dark_accent="#7fcfb4"),
    "cla": Theme(bar="#f89d7f", accent="#962d10", dark_bar="#f9a98e", dark_accent="#f9a98e"),
    "practice": Theme(bar="#cfdc6a", accent="#4d5600", dark_bar="#cfdc6a", dark_accent="#cfdc6a"),
    "paris": Theme(bar="#e6b8d5", accent="#7a1f57", dark_bar="#e9b4d5", dark_accent="#e9b4d5"),
}


def light(theme: str) -> Tokens:
    colours = THEMES.get(theme, HOUSE)
    return Tokens("#ffffff", "#f2f5f2", "#14181a", "#475156", "#c8d0cb", colours.bar, colours.accent)


def dark(theme: str) -> Tokens:
    colours = THEMES.get(theme, HOUSE)
    return Tokens("#111615", "#1a211f", "#f1f4f1", "#b5c0bc", "#37423f", colours.dark_bar, colours.dark_accent)
