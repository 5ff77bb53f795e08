"""What stands around a page: stylesheets, the fund's mark, icons."""

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from fundportal.templatetags.library import register

STYLESHEETS = (
    "tokens",
    "base",
    "layout",
    "components/frame",
    "components/controls",
    "components/files",
    "components/figures",
    "components/ledger",
    "components/answers",
    "components/applications",
    "components/reviews",
    "components/lists",
    "components/notices",
    "pages",
    "print",
)
WORK = frozenset({"components/files", "components/answers", "components/applications", "components/reviews"})
MARKS = frozenset({"bicf", "gcf", "cla", "paris", "practice", "house"})
ICONS = {
    "arrow": "M2 8h11 M9 3.5 13.5 8 9 12.5",
    "check": "M2.5 8.5 6 12l7.5-8",
    "clock": "M14.4 8A6.4 6.4 0 1 1 1.6 8a6.4 6.4 0 0 1 12.8 0Z M8 4.2V8l2.6 1.8",
    "cross": "m3 3 10 10 M13 3 3 13",
    "download": "M8 2v9 M4 7.5 8 11.5l4-4 M2.5 14.2h11",
    "file": "M3 1.5h7l3 3v10H3Z M9.5 1.8V5h3.2",
    "pen": "M2.5 13.5 3.3 10 11 2.3 13.7 5 6 12.7Z",
    "stop": "M4 1.5h8L14.5 4v8L12 14.5H4L1.5 12V4Z M8 4.5v4.5 M8 11.4v.3",
    "warning": "M8 2 15 14H1Z M8 6.5v3.5 M8 12v.3",
}
POINTING_ICONS = frozenset({"arrow"})


@register.simple_tag
def stylesheets(room: str = "public") -> SafeString:
    """One link per file, in the order of the layers; those of WORK only where `room` is "work"."""
    names = [name for name in STYLESHEETS if room == "work" or name not in WORK]
    links = ((static(f"fundportal/css/{name}.css"),) for name in names)
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', links)


@register.simple_tag
def mark_url(theme: str) -> str:
    """The address of a fund's mark; the house's own for a fund without one."""
    return static(f"fundportal/marks/{theme if theme in MARKS else 'house'}.svg")


@register.inclusion_tag("components/mark.html")
def mark(theme: str, name: str, url: str = "") -> dict[str, Any]:
    return {"src": mark_url(theme), "name": name, "url": url}


@register.simple_tag
def icon(name: str) -> SafeString:
    """A line icon beside a word; screen readers skip it. Arrows turn round in a right-to-left page."""
    turning = " ico--way" if name in POINTING_ICONS else ""
    return format_html(
        '<svg class="ico{}" width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor"'
        ' aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        turning,
        ICONS[name],
    )
