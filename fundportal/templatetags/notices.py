"""What the page says back: results, refusals, what is unknown, what is not there yet."""

from typing import Any

from django.forms import BaseForm
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fundportal.templatetags.controls import first_control_id
from fundportal.templatetags.library import register

FLASH_ICONS = {"ok": "check", "wait": "clock", "stop": "stop"}
# Few things are counted in words, as a person would.
COUNTED = {
    1: _("One thing to put right"),
    2: _("Two things to put right"),
    3: _("Three things to put right"),
    4: _("Four things to put right"),
    5: _("Five things to put right"),
    6: _("Six things to put right"),
    7: _("Seven things to put right"),
    8: _("Eight things to put right"),
    9: _("Nine things to put right"),
}
FLASH_KINDS = {"success": "ok", "warning": "wait", "error": "stop"}


@register.inclusion_tag("components/flash.html")
def flash(text: str, kind: str = "ok", title: str = "") -> dict[str, Any]:
    """The result of an act in bold, then what happens next. Kinds: ok, wait, stop, or Django's own message levels."""
    shown = FLASH_KINDS.get(kind, kind if kind in FLASH_ICONS else "ok")
    return {"text": text, "title": title, "kind": shown, "icon_name": FLASH_ICONS[shown], "is_alert": shown == "stop"}


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """Every mistake with a link to its field, in the words that stand at the field."""
    if not form.is_bound:
        return {"faults": [], "heading": ""}
    faults = [("", fault) for fault in form.non_field_errors()]
    faults += [("" if bound.is_hidden else first_control_id(bound), fault) for bound in form for fault in bound.errors]
    return {"faults": faults, "heading": COUNTED.get(len(faults)) or _many(len(faults))}


def _many(count: int) -> str:
    return ngettext("%(count)d thing to put right", "%(count)d things to put right", count) % {"count": count}


@register.inclusion_tag("components/unknown.html")
def unknown(text: str, title: str = "", ask_label: str = "", ask_url: str = "") -> dict[str, Any]:
    """A dashed box where a source is silent: what is not known, and whom to ask."""
    return {"text": text, "title": title, "ask_label": ask_label, "ask_url": ask_url}


@register.inclusion_tag("components/empty.html")
def empty(title: str, text: str, label: str = "", url: str = "") -> dict[str, Any]:
    """An empty list: what will be here, one sentence, at most one action."""
    return {"title": title, "text": text, "label": label, "url": url}
