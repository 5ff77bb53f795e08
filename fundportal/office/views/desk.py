from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fundportal import clock, due
from fundportal.accounts.models import RoleGrant
from fundportal.office.desk import changes_table, day_of_letter, heading
from fundportal.waiting import changes_for, waiting_for

LOOKING_BACK = timedelta(days=7)


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """A dated letter to whoever opens it: what waits for them, what changed in seven days, what the clock does next."""
    now = clock.now()
    items = waiting_for(request.user)
    context = {
        "items": items,
        "heading": heading(sum(item.count for item in items)),
        "today": day_of_letter(now),
        "since": now - LOOKING_BACK,
        "changes": changes_table(changes_for(request.user, now - LOOKING_BACK)),
        "planned": due.next_due_kept(),
        "roles": RoleGrant.objects.in_force().filter(user=request.user).select_related("fund").order_by("role", "pk"),
    }
    return render(request, "office/desk.html", context)
