"""Figures and pictures that count. The line under a figure says how far it may be trusted."""

from dataclasses import dataclass
from math import ceil, sqrt
from typing import Any

from django.utils.formats import number_format
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fundportal.money import Money, format_money
from fundportal.templatetags.library import register

UNDERLINES = {"books": "u u--books", "reported": "u", "estimate": "u u--est"}
HIDDEN_WORDS = {
    "books": gettext_lazy("(from the books)"),
    "reported": gettext_lazy("(reported)"),
    "estimate": gettext_lazy("(estimate or lower bound)"),
}
MOST_DOTS = 400
DOT_STEP = 11
PER_MILLE = 1000
WIDE = 6


@dataclass(frozen=True)
class Dot:
    x: str
    y: str
    is_on: bool


@register.simple_tag
def money(amount: Money, cents: bool = True, sure: str = "") -> SafeString:  # noqa: FBT001, FBT002  (templates write cents=False)
    """An amount that never breaks and keeps its direction in any text; `sure` draws its underline."""
    written = format_html('<bdi class="money">{}</bdi>', format_money(amount, cents=cents))
    return underlined(written, sure) if sure else written


@register.simple_tag
def underlined(value: object, sure: str) -> SafeString:
    """books: ties to the cent (two lines) · reported: by a partner (one line) · estimate: or "more than" (dots)."""
    return format_html(
        '<bdi class="{}">{}</bdi><span class="vh"> {}</span>', UNDERLINES[sure], plain(value), HIDDEN_WORDS[sure]
    )


@register.inclusion_tag("components/stat.html")
def stat(value: object, caption: str, sure: str = "reported", unit: str = "", cents: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002  (templates write cents=True)
    """One large figure with its underline and a caption of a few words; `cents` writes .00 too."""
    figure = money(value) if cents and isinstance(value, Money) else plain(value)
    text = strip_tags(figure)
    shown = {"value": figure, "caption": caption, "unit": unit, "is_wide": len(text) > WIDE}
    return shown | {"underline": UNDERLINES[sure], "hidden_word": HIDDEN_WORDS[sure]}


@register.inclusion_tag("components/gauge.html")
def gauge(amount: Money, goal: Money) -> dict[str, Any]:
    """A thermometer: the bar ends at the goal, the words go on ("112%"); ticks at the half and at the goal."""
    reached = max(0, amount.minor * PER_MILLE // goal.minor) if goal.minor else 0
    share = min(PER_MILLE, reached)
    half = goal.allocate([1, 1])[0]
    scale = [format_money(each, cents=False) for each in (Money(0, goal.currency), half, goal)]
    percent = number_format(reached // 10)
    words = _("%(amount)s of %(goal)s, %(percent)s%%") % {
        "amount": format_money(amount, cents=not amount.is_whole),
        "goal": scale[-1],
        "percent": percent,
    }
    if amount.minor > goal.minor:
        scale[-1] = _("%(goal)s, reached %(percent)s%%") % {"goal": scale[-1], "percent": percent}
    return {"width": f"{share // 10}.{share % 10}%", "scale": scale, "words": words}


@register.inclusion_tag("components/people_dots.html")
def people_dots(count: int, label: str, filled: int | None = None) -> dict[str, Any]:
    """One circle per person (family, city), filled = reached. Above 400 one circle is ten, and the caption says so."""
    per_dot = 1 if count <= MOST_DOTS else 10
    total = ceil(count / per_dot)
    on = total if filled is None else ceil(filled / per_dot)
    across = max(1, ceil(sqrt(total * 1.8)))
    dots = [
        Dot(f"{place % across * DOT_STEP + 5.5:g}", f"{place // across * DOT_STEP + 5.5:g}", place < on)
        for place in range(total)
    ]
    size = {"width": across * DOT_STEP, "height": ceil(total / across) * DOT_STEP}
    return size | {"dots": dots, "label": label, "per_dot": per_dot}


def plain(value: object) -> object:
    """Money without cents, whole numbers grouped as the language groups them; words stay as they are."""
    if isinstance(value, Money):
        return format_html('<bdi class="money">{}</bdi>', format_money(value, cents=not value.is_whole))
    if isinstance(value, int):
        return number_format(value, force_grouping=True)
    return value
