"""Writing a call: what it is for, how much, for whom, by which rules."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from fundportal.access import authorise
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.funds.models import Fund, Purpose
from fundportal.money import Money, format_money
from fundportal.refusals import Refusal
from grants.calls.guards import has_its_texts, says_when_it_answers
from grants.calls.models import Call
from grants.calls.permissions import EDIT
from grants.calls.services.locking import begin_edit, finish_edit
from grants.calls.states import CLOSED, DRAFT, FORECAST, OPEN

AMOUNTS = ("budget", "minimum", "maximum")
ANNOUNCED_ONCE = (
    *AMOUNTS,
    "applicant_kinds",
    "languages",
    "most_per_organisation",
    "needs_signatory",
    "burden_hours",
)
TEXTS = ("titles", "summaries", "texts", "screening_rules")
NUMBERS = ("decision_by_on", "reviewers_wanted", "conflict_window_days")
EDITABLE = (*ANNOUNCED_ONCE, *TEXTS, *NUMBERS)
BEFORE_ASSESSMENT = (DRAFT, FORECAST, OPEN, CLOSED)
LONGEST_KEY = 60


@transaction.atomic
def create_call(fund_id: int, *, purpose_id: int, code: str, prefix: str, titles: Mapping[str, str], by: User) -> Call:
    """A draft in the currency of the fund's books. Raises Refusal (422 with the field to mend, 403)."""
    fund = Fund.objects.get(pk=fund_id)
    authorise(by, EDIT, fund)
    if not Purpose.objects.filter(pk=purpose_id, fund=fund).exists():
        raise Refusal(_("Choose a purpose of this fund."), status=422, field="purpose")
    for field, value in (("code", code), ("prefix", prefix)):
        if Call.objects.filter(**{field: value}).exists():
            raise Refusal(_("Another call has this already. Choose another."), status=422, field=field)
    call = Call.objects.create(
        fund=fund,
        purpose_id=purpose_id,
        code=code,
        prefix=prefix,
        titles=dict(titles),
        currency=fund.settlement_currency,
        languages=list(titles),
    )
    record("calls.create", call, by=by, fund=fund, after=call.state)
    return call


@transaction.atomic
def edit_call(call_id: int, *, facts: Mapping[str, Any], version: int, by: User) -> Call:
    """Sets the facts named; amounts are Money or None, texts dicts by language.

    Money, applicants, languages and limits are fixed once announced; the rest may be made clearer until assessment.
    Raises Refusal (409 for a stale form or what is fixed, 422 with the field to mend, 403).
    """
    call = begin_edit(call_id, version=version, by=by)
    changed = [name for name in EDITABLE if name in facts and getattr(call, name) != facts[name]]
    _refuse_what_is_fixed(call, changed)
    for name in changed:
        _set(call, name, facts[name])
    _check_amounts(call)
    _check_announced(call)
    finish_edit(call, "edit", by=by, facts={"changed": changed})
    return call


def rules_from(lines: Mapping[str, list[str]]) -> list[dict[str, Any]]:
    """The check list from its lines in each language, paired by position; the first language names the keys."""
    first = next(iter(lines.values()), [])
    made: dict[str, dict[str, str]] = {}
    for position, line in enumerate(first):
        key = slugify(line)[:LONGEST_KEY] or f"rule-{position + 1}"
        texts = {language: texts[position] for language, texts in lines.items() if position < len(texts)}
        made.setdefault(key, texts)
    return [{"key": key, "texts": texts} for key, texts in made.items()]


def _set(call: Call, name: str, value: Any) -> None:
    if name in AMOUNTS and value is None:
        setattr(call, f"{name}_minor", None)
    else:
        setattr(call, name, value)


def _refuse_what_is_fixed(call: Call, changed: list[str]) -> None:
    fixed = set() if call.is_draft else set(ANNOUNCED_ONCE)
    if call.state not in BEFORE_ASSESSMENT:
        fixed = set(EDITABLE)
    for name in changed:
        if name in fixed:
            raise Refusal(_("This has been announced and stays as it is."), field=name)


def _check_announced(call: Call) -> None:
    """What was complete when it was announced stays complete."""
    if call.is_draft:
        return
    if not has_its_texts(call):
        raise Refusal(_("An announced call keeps its title, summary and texts in each of its languages."), status=422)
    if not says_when_it_answers(call):
        raise Refusal(_("Say by which day applicants hear."), status=422, field="decision_by_on")


def _check_amounts(call: Call) -> None:
    budget, smallest, largest = (getattr(call, name) for name in AMOUNTS)
    for field, amount in zip(AMOUNTS, (budget, smallest, largest), strict=True):
        if amount is not None and amount.minor <= 0:
            raise Refusal(_("Type an amount above zero."), status=422, field=field)
    _check_order(smallest, largest, "maximum", _("The largest grant is at least the smallest, %(amount)s."))
    _check_order(largest, budget, "budget", _("The budget has to hold the largest grant, %(amount)s."))


def _check_order(low: Money | None, high: Money | None, field: str, sentence: str) -> None:
    if low is not None and high is not None and high < low:
        raise Refusal(sentence % {"amount": format_money(low)}, status=422, field=field)
