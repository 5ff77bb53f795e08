"""One form, one service: saved, refused beside its fields, or stale with both texts side by side."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fundportal.refusals import Refusal
from grants.calls.models import Call

CONFLICT, UNPROCESSABLE = 409, 422


@dataclass(frozen=True)
class Saving:
    """`make(data)` builds the form, `act(form)` calls the service."""

    template: str
    make: Callable[..., Any]
    act: Callable[[Any], None]


def save(request: HttpRequest, call: Call, saving: Saving, **context: Any) -> HttpResponse:
    form = saving.make(request.POST or None)
    status, standing = 200, []
    if form.is_bound:
        status = UNPROCESSABLE
        if form.is_valid():
            refusal = _tried(form, saving)
            if refusal is None:
                messages.success(request, _("Saved."))
                return redirect("calls:call", code=call.code)
            status = refusal.status
            form, standing = _with_what_stands(form, request, saving, status)
    context |= {"form": form, "call": call, "fund": call.fund, "standing": standing}
    return render(request, saving.template, context, status=status)


def _tried(form: Form, saving: Saving) -> Refusal | None:
    try:
        saving.act(form)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return refusal
    return None


def _with_what_stands(
    form: Form, request: HttpRequest, saving: Saving, status: int
) -> tuple[Form, list[tuple[str, object]]]:
    """After a stale save: the same words again under the newest version, and what differs in the call by now."""
    version = form.initial.get("version")
    if status != CONFLICT or form.cleaned_data.get("version") == version:
        return form, []
    data = request.POST.copy()
    data["version"] = str(version)
    again = saving.make(data)
    again.is_valid()
    for sentence in form.non_field_errors():
        again.add_error(None, sentence)
    changed = [box for box in again.visible_fields() if box.name in again.changed_data]
    return again, [(str(box.label), _plain(again, box.name)) for box in changed]


def _plain(form: Form, name: str) -> object:
    value = form.get_initial_for_field(form.fields[name], name)
    shown = form.fields[name].prepare_value(value)
    return ", ".join(map(str, shown)) if isinstance(shown, list) else shown if shown not in (None, "") else "–"
