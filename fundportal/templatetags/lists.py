"""Where things stand and in what order: badges, steps, timeline, pages, filters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page
from django.forms import BaseForm
from django.http import QueryDict

from fundportal.templatetags.library import register

SHAPES = {
    "ok": "tick",
    "wait": "half",
    "stop": "cross",
    "mute": "bar",
    "full": "square",
    "": "disc",
}


@dataclass(frozen=True)
class Badge:
    """The public word of a state, with its kind (ok, wait, stop, mute, full or none) and perhaps another shape."""

    word: object
    kind: str = ""
    shape: str = ""


@dataclass(frozen=True)
class Moment:
    """One stop of a timeline. `state` is done, now or later; say by whom wherever a date is promised."""

    title: object
    text: object = ""
    when: datetime | date | str = ""
    state: str = "done"
    zone: str = "UTC"

    @property
    def is_instant(self) -> bool:
        return isinstance(self.when, datetime)

    @property
    def is_day(self) -> bool:
        return isinstance(self.when, date) and not self.is_instant


@dataclass(frozen=True)
class Chip:
    """A filter that is on or can be put on; `is_removable` shows a cross and says so aloud."""

    label: object
    url: str
    count: int | None = None
    is_current: bool = False
    is_removable: bool = False


def state_chip(query: QueryDict, current: str, label: object, count: int, state: str = "") -> Chip:
    """Puts on one state of a list, or all with none; other filters stay on, and the list begins at its first page."""
    kept = query.copy()
    for name in ("page", "state"):
        kept.pop(name, None)
    if state:
        kept["state"] = state
    return Chip(label, f"?{kept.urlencode()}", count, is_current=state == current)


@register.inclusion_tag("components/badge.html")
def badge(word: object, kind: str = "", shape: str = "") -> dict[str, Any]:
    """A shape and a word; the colour is the third signal. Shapes: tick, half, triangle, cross, bar, square, disc."""
    made = word if isinstance(word, Badge) else Badge(word, kind, shape)
    return {"word": made.word, "kind": made.kind, "shape": made.shape or SHAPES[made.kind]}


@register.inclusion_tag("components/steps.html")
def steps(current: int, *labels: str) -> dict[str, Any]:
    """`{% steps 1 "Your gift" "Payment" "Receipt" %}`: counted from 1; what lies before is done."""
    return {"steps": [(label, place < current, place == current) for place, label in enumerate(labels, start=1)]}


@register.inclusion_tag("components/timeline.html")
def timeline(moments: Sequence[Moment]) -> dict[str, Any]:
    return {"moments": moments}


@register.inclusion_tag("components/pagination.html")
def pagination(page: Page, query: QueryDict | None = None, anchor: str = "", name: str = "page") -> dict[str, Any]:
    """Numbers, Next and "1 to 9 of 54"; keeps the filters of `query` (request.GET).

    `anchor` is the id of the list, where it does not stand at the top of its page; `name` is what the address calls
    the number, where one page has several lists.
    """
    kept = query.copy() if query is not None else QueryDict(mutable=True)
    kept.pop(name, None)
    start = f"?{kept.urlencode()}&{name}=" if kept else f"?{name}="
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "numbers": list(numbers),
        "start": start,
        "end": f"#{anchor}" if anchor else "",
        "ellipsis": page.paginator.ELLIPSIS,
    }


@register.inclusion_tag("components/filters.html")
def filters(form: BaseForm, label: str, action: str = "") -> dict[str, Any]:
    """A GET form over a list: its fields in a row, and one button."""
    return {"form": form, "label": label, "action": action}


@register.inclusion_tag("components/chips.html")
def chips(items: Iterable[Chip], label: str) -> dict[str, Any]:
    return {"chips": list(items), "label": label}
