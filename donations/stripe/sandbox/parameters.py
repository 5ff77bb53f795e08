"""Every parameter of a request, held against the TypedDict that the stripe package ships for it."""

import re
import sys
from functools import cache
from types import UnionType
from typing import Any, Literal, NotRequired, Union, get_args, get_origin

from stripe import _request_options
from typing_extensions import get_type_hints, is_typeddict

from donations.stripe.sandbox.errors import ApiError, wrong

OPTIONS = frozenset(_request_options.RequestOptions.__annotations__)
NAMES = vars(_request_options) | {"StripeContext": object}


@cache
def fields(contract: type) -> dict[str, tuple[Any, bool]]:
    """Name -> (type, required) of one TypedDict, without the options that travel as headers."""
    found = {}
    names = NAMES | vars(sys.modules[contract.__module__])
    for name, hint in get_type_hints(contract, globalns=names, include_extras=True).items():
        if name in OPTIONS:
            continue
        optional = get_origin(hint) is NotRequired
        found[name] = (get_args(hint)[0] if optional else hint, not optional)
    return found


def check(contract: type, given: dict[str, Any], path: str = "") -> dict[str, Any]:
    """The parameters in their own types. Raises ApiError 400 for an unknown, missing or unfit one."""
    known = fields(contract)
    for name in given:
        if name not in known:
            param = _join(path, name)
            raise ApiError(400, f"Received unknown parameter: {param}", code="parameter_unknown", param=param)
    for name, (_, required) in known.items():
        if required and name not in given:
            param = _join(path, name)
            raise ApiError(400, f"Missing required param: {param}.", code="parameter_missing", param=param)
    return {name: _value(known[name][0], value, _join(path, name)) for name, value in given.items()}


def _join(path: str, name: str) -> str:
    return f"{path}[{name}]" if path else name


def _value(hint: Any, value: Any, path: str) -> Any:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return _any_of(get_args(hint), value, path)
    if is_typeddict(hint):
        return check(hint, _mapping(value, path), path)
    if origin is list:
        return _items(get_args(hint)[0], value, path)
    if origin is Literal:
        return _one_of(get_args(hint), value, path)
    if origin is dict or getattr(origin or hint, "__name__", "") == "UntypedStripeObject":
        return {key: _text(item, _join(path, key)) for key, item in _mapping(value, path).items()}
    return _scalar(hint, value, path)


def _any_of(members: tuple[Any, ...], value: Any, path: str) -> Any:
    """A generated `Literal[...] | str` leaves room for words to come; Stripe itself refuses a word it does not know."""
    words = [member for member in members if get_origin(member) is Literal and get_args(member) != ("",)]
    candidates = [member for member in members if not (words and member is str)]
    trouble: ApiError | None = None
    for member in candidates:
        try:
            return _value(member, value, path)
        except ApiError as error:
            trouble = error
    raise trouble or wrong(f"Invalid {path}", path)


def _items(hint: Any, value: Any, path: str) -> list[Any]:
    if value == "":
        return []
    if not isinstance(value, list):
        raise wrong(f"Invalid array: {path}", path, "parameter_invalid_empty")
    return [_value(hint, item, f"{path}[{place}]") for place, item in enumerate(value)]


def _mapping(value: Any, path: str) -> dict[str, Any]:
    if isinstance(value, list):
        return {str(place): item for place, item in enumerate(value)}
    if not isinstance(value, dict):
        raise wrong(f"Invalid object: {path}", path, "parameter_invalid_empty")
    return value


def _one_of(words: tuple[Any, ...], value: Any, path: str) -> str:
    if value not in words:
        raise wrong(f"Invalid {path}: must be one of {', '.join(map(str, words))}", path, "parameter_invalid")
    return str(value)


def _text(value: Any, path: str) -> str:
    if not isinstance(value, str):
        raise wrong(f"Invalid string: {path}", path, "parameter_invalid_string_empty")
    return value


def _scalar(hint: Any, value: Any, path: str) -> Any:
    text = _text(value, path)
    if hint is int:
        if not re.fullmatch(r"-?[0-9]{1,18}", text):
            raise wrong(f"Invalid integer: {text[:40]}", path, "parameter_invalid_integer")
        return int(text)
    if hint is bool:
        if text not in ("true", "false"):
            raise wrong(f"Invalid boolean: {text[:40]}", path, "parameter_invalid_boolean")
        return text == "true"
    return text
