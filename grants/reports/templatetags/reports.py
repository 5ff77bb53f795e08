"""A box within a table, with its error under it."""

from typing import Any

from django import template
from django.forms import BoundField

register = template.Library()


@register.inclusion_tag("reports/cell_input.html")
def cell_input(bound: BoundField) -> dict[str, Any]:
    """The label stands before it, hidden: the head of row and column say the same."""
    error_id = f"{bound.auto_id}-error"
    attributes = {"aria-describedby": error_id, "aria-invalid": "true"} if bound.errors else {}
    return {
        "field": bound,
        "control": bound.as_widget(attrs=attributes),
        "is_bad": bool(bound.errors),
        "error_id": error_id,
    }
