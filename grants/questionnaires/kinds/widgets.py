"""Controls of several boxes: they read what was typed; the templates beside them draw the boxes."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms

MOST_LINES: Final = 60


class IndicatorInput(forms.Widget):
    """Boxes `<name>-baseline`, `-target` and `-value`."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:  # noqa: ARG002  (Django's signature)
        return {part: data.get(f"{name}-{part}", "") for part in ("baseline", "target", "value")}

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-baseline"


class BudgetInput(forms.Widget):
    """Boxes `<name>-<line>-what`, `-amount` and `-why`; lines count from 0, and a gap is an empty line."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[dict[str, str]]:  # noqa: ARG002  (Django's signature)
        lines = [_line(data, f"{name}-{number}") for number in range(MOST_LINES)]
        while lines and not any(lines[-1].values()):
            lines.pop()
        return lines

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-0-what"


class FilesInput(forms.Widget):
    """Hidden boxes `<name>` with the tokens that are kept, ticks `<name>-drop` for those that go.

    New files come as `<name>-new`; whoever answers the request receives them, since only it knows for whom.
    """

    needs_multipart_form = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:  # noqa: ARG002  (Django's signature)
        held = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        dropped = data.getlist(f"{name}-drop") if hasattr(data, "getlist") else data.get(f"{name}-drop", [])
        return [token for token in held if token not in dropped]


def _line(data: Mapping[str, Any], name: str) -> dict[str, str]:
    return {part: data.get(f"{name}-{part}", "") for part in ("what", "amount", "why")}
