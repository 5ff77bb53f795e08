"""The suite is stricter than Django: an undefined variable fails, an order that nobody asked for is no order.

A lock outside a transaction fails on every database.
"""

import random
import sys
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.db import connections
from django.db.models.query import QuerySet
from django.db.transaction import TransactionManagementError
from django.template import Node, engines

OUR_PACKAGES = ("fundportal.", "grants.", "donations.", "cms.")
OUR_TEMPLATES = str(Path(settings.BASE_DIR) / "templates")

_fetch_all = QuerySet._fetch_all


class UndefinedVariableError(Exception):
    """A template of ours names something that its view did not pass."""


class Undefined(str):
    """Stands in for `string_if_invalid`: empty in third-party templates, an error in ours."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return origin_of_the_node_being_rendered().startswith(OUR_TEMPLATES)

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, variable: object) -> str:
        origin = origin_of_the_node_being_rendered()
        raise UndefinedVariableError(f"{variable} is not defined in {origin}")


def origin_of_the_node_being_rendered() -> str:
    """The file of the innermost template node on the stack: includes and parents count as themselves."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        candidate = frame.f_locals.get("self")
        if isinstance(candidate, Node) and getattr(candidate, "origin", None) is not None:
            return str(candidate.origin)
        frame = frame.f_back
    return ""


def forbid_undefined_variables() -> None:
    for engine in engines.all():
        engine.engine.string_if_invalid = Undefined()


def fetch_all_shuffled(queryset: QuerySet) -> None:
    first_time = queryset._result_cache is None
    if first_time and queryset.query.select_for_update and not connections[queryset.db].in_atomic_block:
        raise TransactionManagementError("A lock needs a transaction: SQLite would pass over it in silence.")
    _fetch_all(queryset)
    ours = f"{queryset.model.__module__}.".startswith(OUR_PACKAGES)
    if first_time and ours and not queryset.ordered:
        random.shuffle(queryset._result_cache)
