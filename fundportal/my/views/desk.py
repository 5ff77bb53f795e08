from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fundportal import clock
from fundportal.access import may
from fundportal.my.queries import memberships_of
from fundportal.my.tables import organisations_table
from fundportal.office.desk import day_of_letter, heading
from fundportal.waiting import waiting_for


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """A dated letter: what waits, the organisations one works for, where one may go."""
    items = waiting_for(request.user)
    context = {
        "items": items,
        "heading": heading(sum(item.count for item in items)),
        "today": day_of_letter(clock.now()),
        "table": organisations_table(memberships_of(request.user)),
        "has_role": may(request.user, "conflicts.own"),
    }
    return render(request, "my/desk.html", context)
