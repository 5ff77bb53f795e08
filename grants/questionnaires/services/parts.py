"""One change to one part of a form. `version` is the form's as the person saw it: 409 when somebody saved meanwhile."""

from django.db import transaction

from fundportal.access import Actor
from fundportal.audit.services import record
from grants.questionnaires import editing
from grants.questionnaires.definition import Question, Section
from grants.questionnaires.models import Questionnaire
from grants.questionnaires.services.forms import facts_of, lock, save


@transaction.atomic
def add_section(questionnaire_id: int, *, section: Section, version: int, by: Actor) -> Questionnaire:
    form = lock(questionnaire_id, version=version, by=by)
    changed = editing.with_section(form.form, section)
    save(form, changed, by=by)
    record("forms.add_section", form, by=by, fund=form.fund, facts=facts_of(form, section.key))
    return form


@transaction.atomic
def change_section(questionnaire_id: int, *, section: Section, version: int, by: Actor) -> Questionnaire:
    """Its title and help; its questions stay."""
    form = lock(questionnaire_id, version=version, by=by)
    changed = editing.with_changed_section(form.form, section)
    save(form, changed, by=by)
    record("forms.change_section", form, by=by, fund=form.fund, facts=facts_of(form, section.key))
    return form


@transaction.atomic
def move_section(questionnaire_id: int, *, key: str, direction: str, version: int, by: Actor) -> Questionnaire:
    """`direction` is "up" or "down"."""
    form = lock(questionnaire_id, version=version, by=by)
    changed = editing.with_moved_section(form.form, key, direction)
    save(form, changed, by=by)
    record("forms.move_section", form, by=by, fund=form.fund, facts=facts_of(form, key))
    return form


@transaction.atomic
def remove_section(questionnaire_id: int, *, key: str, version: int, by: Actor) -> Questionnaire:
    """With its questions. Published versions keep them."""
    form = lock(questionnaire_id, version=version, by=by)
    changed = editing.without_section(form.form, key)
    save(form, changed, by=by)
    record("forms.remove_section", form, by=by, fund=form.fund, facts=facts_of(form, key))
    return form


@transaction.atomic
def add_question(
    questionnaire_id: int, *, section_key: str, question: Question, version: int, by: Actor
) -> Questionnaire:
    form = lock(questionnaire_id, version=version, by=by)
    changed = editing.with_question(form.form, section_key, question)
    save(form, changed, by=by)
    record("forms.add_question", form, by=by, fund=form.fund, facts=facts_of(form, question.key))
    return form


@transaction.atomic
def change_question(questionnaire_id: int, *, question: Question, version: int, by: Actor) -> Questionnaire:
    form = lock(questionnaire_id, version=version, by=by)
    changed = editing.with_changed_question(form.form, question)
    save(form, changed, by=by)
    record("forms.change_question", form, by=by, fund=form.fund, facts=facts_of(form, question.key))
    return form


@transaction.atomic
def move_question(questionnaire_id: int, *, key: str, direction: str, version: int, by: Actor) -> Questionnaire:
    """`direction` is "up" or "down"; past the edge of a section it goes into the next one."""
    form = lock(questionnaire_id, version=version, by=by)
    changed = editing.with_moved_question(form.form, key, direction)
    save(form, changed, by=by)
    record("forms.move_question", form, by=by, fund=form.fund, facts=facts_of(form, key))
    return form


@transaction.atomic
def remove_question(questionnaire_id: int, *, key: str, version: int, by: Actor) -> Questionnaire:
    """Questions that waited for it are told of by `queries.problems`. Published versions keep it."""
    form = lock(questionnaire_id, version=version, by=by)
    changed = editing.without_question(form.form, key)
    save(form, changed, by=by)
    record("forms.remove_question", form, by=by, fund=form.fund, facts=facts_of(form, key))
    return form
