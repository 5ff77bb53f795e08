"""Lines of a picture: how far something came, against what was planned. A table with the same figures stands beside."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fundportal.templatetags.library import register

PER_MILLE = 1000


@dataclass(frozen=True)
class Bar:
    """One line; places are in per cent of its length, empty where there is nothing to draw.

    The bar goes from `start` over `width`, the upright line at `mark` is the plan.
    """

    label: object
    words: object
    start: str = ""
    width: str = ""
    mark: str = ""


def bar_of(label: object, words: object, *, reached: int | None, plan: int | None, base: int = 0, most: int = 0) -> Bar:
    """`reached` is drawn from `base`, in any whole unit; lines that share `most` share one scale."""
    known = [value for value in (reached, plan, base, most, 0) if value is not None]
    low, high = min(known), max(known)
    length = high - low
    if not length:
        return Bar(label, words)
    mark = "" if plan is None else _percent((plan - low) * PER_MILLE // length)
    if reached is None:
        return Bar(label, words, mark=mark)
    first, last = sorted((reached, base))
    start = (first - low) * PER_MILLE // length
    return Bar(label, words, _percent(start), _percent((last - low) * PER_MILLE // length - start), mark)


@register.inclusion_tag("components/bars.html")
def bars(lines: Iterable[Bar], label: str) -> dict[str, Any]:
    return {"bars": list(lines), "label": label}


def _percent(per_mille: int) -> str:
    return f"{per_mille // 10}.{per_mille % 10}%"
