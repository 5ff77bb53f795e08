"""The world map of the register: a dot for each place, hollow for earlier years."""

from dataclasses import dataclass
from typing import Any

from django.template import Library

from cms.pictures import place
from grants.public import Place

register = Library()
DOT_RADIUS = 5.5


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    name: str
    is_past: bool
    is_here: bool


@register.inclusion_tag("cms/map.html")
def world_map(places: tuple[Place, ...], label: str, newest: int, here: str = "") -> dict[str, Any]:
    """`label` is the picture in one sentence; `here` names the place to fill with ink."""
    dots = [
        Dot(*place(float(each.longitude), float(each.latitude)), each.name, each.year < newest, each.name == here)
        for each in places
    ]
    return {"dots": dots, "label": label, "radius": DOT_RADIUS}
