"""Wagtail's own admin behind our door: whoever holds the editor role, and nobody else, a superuser included."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponseBase
from wagtail.admin.urls import urlpatterns as admin_patterns
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.permissions import EDIT
from fundportal.access.urls import enforce

View = Callable[..., HttpResponseBase]
# Wagtail makes this group and gives it every right over pages, and none over people or settings.
WAGTAIL_GROUP = "Moderators"


def editors_only(view: View) -> View:
    """The role opens the door; Wagtail's group, which its page permissions ask for, only follows it inside."""

    @wraps(view)
    def room(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.groups.filter(name=WAGTAIL_GROUP).exists():
            request.user.groups.add(Group.objects.get(name=WAGTAIL_GROUP))
        return view(request, *args, **kwargs)

    return enforce(room, EDIT)


urlpatterns = decorate_urlpatterns(admin_patterns, editors_only)
