"""Writing a form down, copying it, and publishing what it asks."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.access import Actor, authorise
from fundportal.audit.services import record
from fundportal.funds.models import Fund
from fundportal.refusals import Refusal
from grants.questionnaires.definition import Definition, DefinitionError, fingerprint
from grants.questionnaires.models import FormVersion, Questionnaire
from grants.questionnaires.permissions import EDIT
from grants.questionnaires.queries import problems
from grants.questionnaires.starter import in_currency, starter


@transaction.atomic
def create_questionnaire(fund_id: int, *, name: str, by: Actor, from_starter: bool = False) -> Questionnaire:
    """An empty form, or the three sections most funds start from, in the fund's currency."""
    fund = Fund.objects.get(pk=fund_id)
    authorise(by, EDIT, fund)
    form = starter(fund.settlement_currency) if from_starter else Definition()
    return _create(fund, name, form, by)


@transaction.atomic
def copy_questionnaire(questionnaire_id: int, *, fund_id: int, name: str, by: Actor) -> Questionnaire:
    """The same questions under another name, perhaps in another fund and its currency."""
    original = Questionnaire.objects.visible_to(by).select_related("fund").get(pk=questionnaire_id)
    fund = Fund.objects.get(pk=fund_id)
    authorise(by, EDIT, fund)
    is_abroad = fund.settlement_currency != original.fund.settlement_currency
    form = in_currency(original.form, fund.settlement_currency) if is_abroad else original.form
    return _create(fund, name, form, by)


@transaction.atomic
def save_definition(questionnaire_id: int, *, definition: Any, version: int, by: Actor) -> Questionnaire:
    """Puts other questions in the place of the present ones.

    `version` is the one they were written from: 409 when somebody saved meanwhile. 422 when the JSON is no definition.
    """
    form = lock(questionnaire_id, version=version, by=by)
    save(form, _read(definition), by=by)
    record("forms.save", form, by=by, fund=form.fund, facts=facts_of(form))
    return form


@transaction.atomic
def rename_questionnaire(questionnaire_id: int, *, name: str, version: int, by: Actor) -> Questionnaire:
    form = lock(questionnaire_id, version=version, by=by)
    form.name = name
    save(form, form.form, by=by)
    record("forms.rename", form, by=by, fund=form.fund, facts=facts_of(form))
    return form


@transaction.atomic
def freeze(questionnaire_id: int, *, by: Actor, languages: Iterable[str] = ()) -> FormVersion:
    """The published version of what the form asks now; unchanged since the last one, it is that one.

    Refuses (409) a form that lacks something, in each of `languages` or, without any, in every one it is written in.
    """
    form = Questionnaire.objects.select_for_update().select_related("fund").get(pk=questionnaire_id)
    authorise(by, EDIT, form.fund)
    definition = form.form
    if lacks := problems(definition, list(languages) or written_in(definition)):
        raise Refusal(_("The form “%(name)s” is not complete. %(lacks)s") % {"name": form, "lacks": " ".join(lacks)})
    sha256 = fingerprint(definition.as_json())
    last = form.versions.order_by("-number").first()
    if last is not None and last.sha256 == sha256:
        return last
    made = FormVersion.objects.create(
        questionnaire=form,
        number=last.number + 1 if last else 1,
        definition=definition.as_json(),
        sha256=sha256,
        frozen_by_id=getattr(by, "pk", None),
    )
    record("forms.freeze", form, by=by, fund=form.fund, facts={"number": made.number, "sha256": sha256})
    return made


def lock(questionnaire_id: int, *, version: int, by: Actor) -> Questionnaire:
    """The form under its row lock; refuses who may not, and who has an older one before them."""
    form = Questionnaire.objects.select_for_update().select_related("fund").get(pk=questionnaire_id)
    authorise(by, EDIT, form.fund)
    if form.version != version:
        sentence = _("%(who)s changed this form meanwhile. Your words are kept below; look at theirs, then save again.")
        raise Refusal(sentence % {"who": form.updated_by or _("The portal")})
    return form


def save(form: Questionnaire, definition: Definition, *, by: Actor) -> None:
    """Writes the new questions into a locked form."""
    form.definition = definition.as_json()
    form.version += 1
    form.updated_at, form.updated_by_id = clock.now(), getattr(by, "pk", None)
    form.save()


def facts_of(form: Questionnaire, key: str = "") -> dict[str, object]:
    """For the record: which version came of it, and the key of what changed where it was a part."""
    return {"version": form.version} | ({"key": key} if key else {})


def written_in(definition: Definition) -> list[str]:
    """The languages in which a section or a question has a text."""
    texts = [section.titles for section in definition.sections] + [one.labels for one in definition.questions]
    return sorted({language for each in texts for language, text in each.items() if text})


def _create(fund: Fund, name: str, form: Definition, by: Actor) -> Questionnaire:
    made = Questionnaire.objects.create(
        fund=fund, name=name, definition=form.as_json(), updated_by_id=getattr(by, "pk", None)
    )
    record("forms.create", made, by=by, fund=fund, facts={"version": made.version})
    return made


def _read(definition: Any) -> Definition:
    if isinstance(definition, Definition):
        return definition
    try:
        return Definition.read(definition)
    except DefinitionError as fault:
        raise Refusal(_("This is not a form: %(fault)s.") % {"fault": fault}, status=422) from fault
