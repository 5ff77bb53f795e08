"""A page that asks one thing before an act: why, or what was found."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from grants.awards.forms import ReasonForm
from grants.awards.models import Award
from grants.awards.views.page import ask, tried


@dataclass(frozen=True)
class Question:
    """`lead` says what follows from it, `press` stands on the button, `done` is said afterwards."""

    heading: object
    lead: object
    press: object
    done: object
    kind: str = "stop"
    form: type[Form] = ReasonForm

    def about(self, **words: object) -> "Question":
        """With the number of the payment, or the words of the condition, in their places."""
        return replace(self, heading=str(self.heading) % words, lead=str(self.lead) % words)


def ask_first(request: HttpRequest, award: Award, question: Question, service: Callable[..., object]) -> HttpResponse:
    form = question.form(request.POST or None)
    context = {"award": award, "fund": award.fund, "question": question}
    if not form.is_valid():
        return ask(request, "ask", form, **context)
    if refusal := tried(form, partial(service, **form.cleaned_data, by=request.user)):
        return ask(request, "ask", form, status=refusal.status, **context)
    messages.success(request, str(question.done))
    return redirect("awards:award", reference=award.reference)
