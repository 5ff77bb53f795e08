"""Every URL of ours is made here, with the policy that guards it; the suite finds any that is not."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Final

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver, path

from fundportal.access.policies import authorise

View = Callable[..., HttpResponseBase]

PUBLIC: Final = "public"
SIGNED_IN: Final = "signed in"

# Trees that other packages bring, by the route they are mounted at, with who guards them.
THIRD_PARTY: Final = {
    "": "Wagtail's public pages",
}


def guarded(route: str, view: View, *, policy: str, name: str) -> URLPattern:
    """A path whose view is reached only by whom the policy admits.

    Anonymous visitors are led to the sign-in page; signed-in people without the role get 403. Which objects a person
    sees is not decided here but by the `visible_to` of the queryset.
    """
    return path(route, enforce(view, policy), name=name)


def enforce(view: View, policy: str) -> View:
    @wraps(view)
    def door(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if policy != PUBLIC and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if policy not in {PUBLIC, SIGNED_IN}:
            authorise(request.user, policy)
        return view(request, *args, **kwargs)

    door.policy = policy  # type: ignore[attr-defined]  # read back by the registry below
    return door


def registry() -> Iterator[tuple[str, str | None]]:
    """Every route of the site with its policy, or None where nobody declared one."""
    yield from _walk(get_resolver().url_patterns, "", None)


def _walk(patterns: list[URLPattern | URLResolver], prefix: str, above: str | None) -> Iterator[tuple[str, str | None]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route, above or _third_party(pattern))
        else:
            yield route, getattr(pattern.callback, "policy", above)


def _third_party(resolver: URLResolver) -> str | None:
    """Whole trees count as declared only when no module of ours stands in them."""
    module = getattr(resolver.urlconf_module, "__name__", "")
    ours = module.startswith(("fundportal.", "donations.", "grants.", "cms.", "cms"))
    return None if ours or not module else THIRD_PARTY.get(str(resolver.pattern))
