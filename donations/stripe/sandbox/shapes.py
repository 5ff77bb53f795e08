"""Every object we answer with, held against the annotated class that the stripe package ships for it."""

from functools import cache
from typing import Any, ClassVar, get_args, get_origin


class ShapeError(Exception):
    """The sandbox itself made an object that Stripe does not make."""


@cache
def fields(shape: type) -> dict[str, bool]:
    """Name -> may be null."""
    return {
        name: _nullable(hint)
        for name, hint in vars(shape).get("__annotations__", {}).items()
        if get_origin(hint) is not ClassVar and not name.startswith("_") and "ClassVar" not in str(hint)
    }


def _nullable(hint: Any) -> bool:
    return type(None) in get_args(hint) or (isinstance(hint, str) and hint.startswith("Optional"))


def complete(shape: type, values: dict[str, Any], where: str = "") -> dict[str, Any]:
    """The values with every field the class names; those not given are null. Raises ShapeError for a strange name."""
    where, known = where or shape.__name__, fields(shape)
    strange = set(values) - set(known)
    if strange:
        message = f"{where} has no {', '.join(sorted(strange))}"
        raise ShapeError(message)
    absent = [name for name, nullable in known.items() if not nullable and name not in values]
    if absent:
        message = f"{where} needs {', '.join(absent)}"
        raise ShapeError(message)
    inner: dict[str, type] = getattr(shape, "_inner_class_types", {})
    filled = dict(values) if _is_choice(values) else {name: values.get(name) for name in known}
    return {name: _inside(inner.get(name), value, f"{where}.{name}") for name, value in filled.items()}


def _is_choice(values: dict[str, Any]) -> bool:
    """`{"type": "card", "card": {...}}`: the other kinds are absent, not null."""
    return values.get("type") in values


def _inside(shape: type | None, value: Any, where: str) -> Any:
    if shape is None:
        return value
    if isinstance(value, list):
        return [complete(shape, item, where) for item in value]
    return complete(shape, value, where) if isinstance(value, dict) else value
