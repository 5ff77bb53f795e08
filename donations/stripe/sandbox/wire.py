"""Nested parameters as Stripe writes them: `line_items[0][price_data][currency]=usd`, `expand[]=charge`."""

import re
from typing import Any
from urllib.parse import parse_qsl

from donations.stripe.sandbox.errors import ApiError

NAME = re.compile(r"^([^\[\]]+)((?:\[[^\[\]]*\])*)$")
DEEPEST = 8


def read(encoded: bytes | str) -> dict[str, Any]:
    """The parameters of a query string or a form body, lists as lists.

    Raises ApiError(400) for bytes that are no UTF-8 and names that are no Stripe names.
    """
    try:
        text = encoded if isinstance(encoded, str) else encoded.decode("utf-8")
        pairs = parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text), errors="strict", max_num_fields=2000)
    except ValueError as trouble:
        raise ApiError(400, "The parameters could not be read as form-encoded UTF-8.") from trouble
    tree: dict[str, Any] = {}
    for name, value in pairs:
        _place(tree, _steps(name), value)
    return _with_lists(tree)


def _steps(name: str) -> list[str]:
    match = NAME.match(name)
    if match is None:
        raise ApiError(400, f"Received unknown parameter: {name[:80]}", code="parameter_unknown", param=name[:80])
    steps = [match[1], *re.findall(r"\[([^\[\]]*)\]", match[2])]
    if len(steps) > DEEPEST:
        raise ApiError(400, "The parameters are nested too deeply.", param=name[:80])
    return steps


def _place(tree: dict[str, Any], steps: list[str], value: str) -> None:
    place = tree
    for step in steps[:-1]:
        place = place.setdefault(_key(place, step), {})
        if not isinstance(place, dict):
            raise ApiError(400, f"Invalid object: {steps[0]} is both a value and a hash.", param=steps[0])
    place[_key(place, steps[-1])] = value


def _key(place: dict[str, Any], step: str) -> str:
    return step or str(len(place))


def _with_lists(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    mended = {key: _with_lists(value) for key, value in node.items()}
    if mended and all(key.isascii() and key.isdigit() for key in mended):
        return [mended[key] for key in sorted(mended, key=int)]
    return mended
