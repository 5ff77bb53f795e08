"""The pages on which a call, its stages and its scoring sheets are written."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fundportal.access import ALL, funds_where
from fundportal.accounts.models import User
from fundportal.funds.models import Purpose
from fundportal.refusals import Refusal
from grants.calls import services
from grants.calls.forms import CallForm, CriterionForm, StageForm, StartForm
from grants.calls.models import Call, Criterion, Stage
from grants.calls.permissions import EDIT
from grants.calls.views.moves import stage_of
from grants.calls.views.page import show_call, visible_call
from grants.calls.views.saving import Saving, save
from grants.questionnaires.models import Questionnaire

MOST_KEYS = 100


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    form = StartForm(request.POST or None, purposes=_purposes(request.user))
    status = 422 if form.is_bound and not form.is_valid() else 200
    if form.is_bound and form.is_valid():
        try:
            call = _started(form, by=request.user)
        except Refusal as refusal:
            form.add_error(refusal.field or None, str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("Begun. Nobody outside can read it yet."))
            return redirect("calls:call", code=call.code)
    return render(request, "calls/start.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    call = visible_call(request, code)

    def act(form: CallForm) -> None:
        services.edit_call(call.pk, facts=form.facts, version=form.cleaned_data["version"], by=request.user)

    saving = Saving("calls/edit.html", partial(CallForm, call=call), act)
    return save(request, call, saving)


@require_http_methods(["GET", "POST"])
def stage(request: HttpRequest, code: str, number: int) -> HttpResponse:
    call = visible_call(request, code)
    standing = _stage_or_next(call, number)

    def act(form: StageForm) -> None:
        services.set_stage(
            call.pk, number=number, facts=form.facts, version=form.cleaned_data["version"], by=request.user
        )

    start_with = {"version": call.version, "zone": call.fund.time_zone}
    forms = Questionnaire.objects.filter(fund=call.fund).order_by("name", "pk")
    make = partial(StageForm, stage=standing, questionnaires=forms, start=start_with)
    return save(request, call, Saving("calls/stage.html", make, act), number=number)


@require_POST
def remove_stage(request: HttpRequest, code: str) -> HttpResponse:
    call = visible_call(request, code)
    try:
        services.remove_last_stage(call.pk, version=call.version, by=request.user)
    except Refusal as refusal:
        return show_call(request, code, refusal=refusal)
    return redirect("calls:call", code=code)


@require_http_methods(["GET", "POST"])
def criterion(request: HttpRequest, code: str, number: int, key: str = "") -> HttpResponse:
    """Without a key a new one, which is named by its title."""
    call = visible_call(request, code)
    its_stage = stage_of(call, number)
    standing = _criterion(its_stage, key) if key else None

    def act(form: CriterionForm) -> None:
        name = key or _new_key(its_stage, form.facts.titles)
        services.set_criterion(
            its_stage.pk, key=name, facts=form.facts, version=form.cleaned_data["version"], by=request.user
        )

    make = partial(CriterionForm, criterion=standing, version=call.version)
    return save(request, call, Saving("calls/criterion.html", make, act), stage=its_stage, criterion=standing)


def _move_criterion(request: HttpRequest, code: str, number: int, key: str, *, step: int) -> HttpResponse:
    call = visible_call(request, code)
    found = _criterion(stage_of(call, number), key)
    try:
        if step:
            services.move_criterion(found.pk, step=step, version=call.version, by=request.user)
        else:
            services.remove_criterion(found.pk, version=call.version, by=request.user)
    except Refusal as refusal:
        return show_call(request, code, refusal=refusal)
    return redirect("calls:call", code=code)


criterion_up = require_POST(partial(_move_criterion, step=-1))
criterion_down = require_POST(partial(_move_criterion, step=1))
criterion_remove = require_POST(partial(_move_criterion, step=0))


def _started(form: StartForm, *, by: User) -> Call:
    held: dict[str, Any] = form.cleaned_data
    purpose: Purpose = held["purpose"]
    return services.create_call(
        purpose.fund_id,
        purpose_id=purpose.pk,
        code=held["code"],
        prefix=held["prefix"],
        titles=form.titles,
        by=by,
    )


def _purposes(user: User) -> Any:
    funds = funds_where(user, EDIT)
    found = Purpose.objects.select_related("fund").order_by("fund__code", "position", "code")
    return found if funds == ALL else found.filter(fund__in=funds)


def _stage_or_next(call: Call, number: int) -> Stage | None:
    stages = {each.number: each for each in call.stages.all()}
    if number not in stages and number != len(stages) + 1:
        raise Http404
    return stages.get(number)


def _criterion(its_stage: Stage, key: str) -> Criterion:
    found = next((each for each in its_stage.criteria.all() if each.key == key), None)
    if found is None:
        raise Http404
    return found


def _new_key(its_stage: Stage, titles: Any) -> str:
    taken = {each.key for each in its_stage.criteria.all()}
    name = slugify(next(iter(titles.values()), ""))[:36] or "criterion"
    return next(key for key in [name, *(f"{name}-{count}" for count in range(2, MOST_KEYS))] if key not in taken)
