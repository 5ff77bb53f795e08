"""What a form page answers when a service says no: the same page, the sentence at its place, the right number."""

from django.forms import BaseForm

from fundportal.refusals import Refusal

OK, NOT_WITH_THESE_WORDS = 200, 422


def put_beside(form: BaseForm, refusal: Refusal) -> int:
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    return refusal.status


def status_of(form: BaseForm, status: int = OK) -> int:
    return NOT_WITH_THESE_WORDS if form.is_bound and form.errors and status == OK else status
