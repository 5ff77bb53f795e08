"""The applicant's page of an appeal."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grants.applications.models import Application
from grants.applications.queries import may_send
from grants.decisions import services
from grants.decisions.forms import AppealForm
from grants.decisions.queries.appeals import latest_appeal, may_be_appealed
from grants.decisions.views.page import ask
from grants.decisions.views.preparing import tried


@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, reference: str) -> HttpResponse:
    known = Application.objects.written_by(request.user).select_related("stage__call__fund", "organisation")
    application = get_object_or_404(known, reference=reference)
    form = AppealForm(request.POST or None)
    call = application.stage.call
    context = {"application": application, "call": call, "fund": call.fund, "name": application.organisation.name}
    context["may_be_appealed"] = may_be_appealed(application, latest_appeal(application))
    context["may_file"] = may_send(request.user, application)
    if not form.is_valid():
        return ask(request, "my_appeal", form, **context)
    grounds = form.cleaned_data["grounds"]
    if refusal := tried(form, lambda: services.file_appeal(application.pk, grounds=grounds, by=request.user)):
        return ask(request, "my_appeal", form, status=refusal.status, **context)
    messages.success(request, _("Filed. Two people look at it and write to you."))
    return redirect("my_applications:application", reference=reference)
