"""What a person presses, ticks and types into."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Textarea
from django.forms.widgets import Input
from django.utils.safestring import SafeString

from fundportal.templatetags.library import register

LEFT_TO_RIGHT_INPUTS = frozenset({"email", "url", "tel", "number", "date", "datetime-local", "time", "password"})
UNWRITTEN_INPUTS = frozenset({"checkbox", "hidden", "file", "radio"})
TILE_KINDS = frozenset({"tiles", "amount"})


class Choice(str):
    """A choice's label with a sentence under it: `("open", Choice(_("Where it is needed most"), _("We decide …")))`."""

    __slots__ = ("help_text",)
    help_text: str

    def __new__(cls, label: object, help_text: object = "") -> Self:
        made = super().__new__(cls, str(label))
        made.help_text = str(help_text)
        return made


@dataclass(frozen=True)
class Option:
    """One radio button or tick box of a group, ready to print."""

    input: SafeString
    id: str
    label: str
    help_text: str


@register.inclusion_tag("components/button.html")
def button(
    label: str, kind: str = "", url: str = "", icon: str = "", reason: str = "", busy: str = ""
) -> dict[str, Any]:
    """Label = verb + object + amount. Kinds, several at once: plain, stop, small, full.

    With a `url` it is a link; with a `reason` it is disabled and says why beside it; `busy` replaces the label
    while the form is on its way.
    """
    classes = " ".join(["btn", *(f"btn--{word}" for word in kind.split())])
    return {"label": label, "classes": classes, "url": url, "icon_name": icon, "reason": reason, "busy": busy}


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, kind: str = "", affix: str = "", note: str = "", foot: str = "") -> dict[str, Any]:
    """A form field: label, help, error, control, in this order. Required is the default, optional is marked.

    Kinds: short (a narrow box); for a group of radio buttons or ticks: ticks, tiles or amount (large figures).
    `affix` stands before the box (a currency sign); `note` replaces the word "(optional)"; `foot` stands under the
    box (a counter).
    """
    widget = bound.field.widget
    shared = {"field": bound, "kind": kind, "affix": affix, "note": note, "foot": foot, "is_bad": bool(bound.errors)}
    shared |= {
        "help_id": f"{bound.auto_id}-help",
        "error_id": f"{bound.auto_id}-error",
        "is_optional": _optional(bound),
    }
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect):
        tiles = {"options": list(_options(bound)), "is_tiles": kind in TILE_KINDS, "described_by": described_by(bound)}
        return shared | tiles | {"template": "components/field_group.html"}
    single = "components/field_tick.html" if isinstance(widget, CheckboxInput) else "components/field_box.html"
    return shared | {"control": bound.as_widget(attrs=_attributes(bound)), "template": single}


@register.inclusion_tag("components/amount_picker.html")
def amount_picker(preset: BoundField, own: BoundField, symbol: str) -> dict[str, Any]:
    """Tiles for the fund's amounts and Other, and a box for one's own with the currency before it."""
    return {"preset": preset, "own": own, "symbol": symbol}


def described_by(bound: BoundField) -> str:
    """The ids of help and error, in the order in which they are read."""
    ids = [f"{bound.auto_id}-help"] if bound.help_text else []
    return " ".join(ids + ([f"{bound.auto_id}-error"] if bound.errors else []))


def first_control_id(bound: BoundField) -> str:
    """Where a link to this field leads: the control itself, or the first of its group."""
    if isinstance(bound.field.widget, CheckboxSelectMultiple | RadioSelect):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


def _optional(bound: BoundField) -> bool:
    return not bound.field.required and not isinstance(bound.field.widget, CheckboxInput)


def _attributes(bound: BoundField) -> dict[str, str]:
    """A name may be written in any direction; an address or a number runs left to right in every language."""
    attributes = {}
    if ids := described_by(bound):
        attributes["aria-describedby"] = ids
    if bound.errors:
        attributes["aria-invalid"] = "true"
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "text")
    if "dir" not in widget.attrs and isinstance(widget, Input | Textarea) and kind not in UNWRITTEN_INPUTS:
        is_latin = kind in LEFT_TO_RIGHT_INPUTS or widget.attrs.get("inputmode") in {"decimal", "numeric"}
        attributes["dir"] = "ltr" if is_latin else "auto"
    return attributes


def _options(bound: BoundField) -> Iterator[Option]:
    for each in bound.subwidgets:
        label = each.data["label"]
        yield Option(each.tag(), each.id_for_label or "", str(label), getattr(label, "help_text", ""))
