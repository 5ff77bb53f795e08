"""The demo's pages in English, and their French as an editor would have entered it. Pages that are there stay."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.html import escape
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.strings import StringValue

from cms.models import ActionsPage, FundPage, HomePage, StandardPage, StoryPage
from cms.models.base import PublicPage

DATA = Path(__file__).resolve().parent.parent / "data" / "pages"
HTTP_PORT = 80
# In the order of the menus; each with its kind and the page it stands under.
PAGES: tuple[tuple[str, type[PublicPage], str], ...] = (
    ("home", HomePage, ""),
    ("baltimore", FundPage, "home"),
    ("cities", FundPage, "home"),
    ("practice", FundPage, "home"),
    ("actions", ActionsPage, "home"),
    ("about", StandardPage, "home"),
    ("accessibility", StandardPage, "home"),
    ("privacy", StandardPage, "home"),
    ("coalition", StoryPage, "baltimore"),
    ("medellin", StoryPage, "cities"),
)
RICH_TEXT = {"paragraphs"}
IN_MENUS = (FundPage, ActionsPage)
Pairs = dict[str, str]


def load(report: Callable[[str], object]) -> None:
    if HomePage.objects.exists():
        report("pages: there already, left as editors have them")
        return
    english = Locale.objects.get_or_create(language_code="en")[0]
    french = Locale.objects.get_or_create(language_code="fr")[0]
    contents = {name: _content(name) for name, _kind, _parent in PAGES}
    made = _make(contents, english)
    _publish(made, contents)
    _open_site(made["home"])
    for name, page in made.items():
        _translate(page, french, dict(_pairs(contents[name])))
    report(f"pages: {len(made)} in English and French")


def _content(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return content


def _make(contents: dict[str, dict[str, Any]], locale: Locale) -> dict[str, PublicPage]:
    """Links between pages wait until every page is there."""
    made: dict[str, PublicPage] = {}
    for name, kind, parent in PAGES:
        under = made[parent] if parent else Page.get_first_root_node()
        page = kind(locale=locale, show_in_menus=kind in IN_MENUS, live=False, **_fields(kind, contents[name], {}))
        if not parent:
            _make_room(page.slug)
        made[name] = under.add_child(instance=page)
    return made


def _make_room(slug: str) -> None:
    """Wagtail's own welcome page steps aside; the site is pointed to ours right after."""
    for welcome in Page.objects.filter(depth=2, slug=slug):
        welcome.slug = f"{slug}-before"
        welcome.save()


def _publish(made: dict[str, PublicPage], contents: dict[str, dict[str, Any]]) -> None:
    for name, page in made.items():
        for field, value in _fields(type(page), contents[name], made).items():
            setattr(page, field, value)
        page.save_revision().publish()
        page.refresh_from_db()


def _open_site(home: PublicPage) -> None:
    origin = urlsplit(settings.SITE_ORIGIN)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.port = origin.hostname or "localhost", origin.port or HTTP_PORT
    site.site_name, site.root_page = str(settings.WAGTAIL_SITE_NAME), home
    site.save()
    Page.objects.filter(depth=2, slug__endswith="-before").delete()


def _fields(kind: type[PublicPage], content: dict[str, Any], made: dict[str, PublicPage]) -> dict[str, Any]:
    """English values for the page's own fields; streams as Wagtail reads them, with an id for every part."""
    fields = {}
    for name, value in _english(content, made).items():
        field = kind._meta.get_field(name)
        fields[name] = _stream(field, value) if isinstance(field, StreamField) else value
    return fields


def _stream(field: StreamField, parts: list[dict[str, Any]]) -> Any:
    """Through Wagtail's own stored form once, so that parts inside parts get their ids, too."""
    block = field.stream_block
    read = block.to_python(parts)
    for part in read:
        part.get_prep_value()
    return block.to_python(block.get_prep_value(read))


def _english(value: Any, made: dict[str, PublicPage]) -> Any:
    if isinstance(value, dict):
        if _is_text(value):
            return value["en"]
        if set(value) == RICH_TEXT:
            return "".join(f"<p>{escape(each['en'])}</p>" for each in value["paragraphs"])
        return {key: _english(each, made) for key, each in value.items()}
    if isinstance(value, list):
        return [_english(each, made) for each in value]
    if isinstance(value, str) and value.startswith("@"):
        return made[value[1:]].pk if value[1:] in made else None
    return value


def _is_text(value: Any) -> bool:
    return isinstance(value, dict) and {"en", "fr"} <= set(value)


def _pairs(value: Any) -> Iterator[tuple[str, str]]:
    """Every English text with its French, in the escaped form in which wagtail-localize keeps strings."""
    if _is_text(value):
        yield StringValue.from_plaintext(value["en"]).data, StringValue.from_plaintext(value["fr"]).data
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _pairs(each)


def _translate(page: PublicPage, locale: Locale, french: Pairs) -> None:
    """As an editor of French would: string by string. Raises KeyError where a text has no French."""
    source, _made = TranslationSource.get_or_create_from_instance(page)
    segments = StringSegment.objects.filter(source=source).select_related("string", "context").order_by("order")
    StringTranslation.objects.bulk_create(
        StringTranslation(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            data=french[segment.string.data],
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        )
        for segment in segments
    )
    Translation.objects.get_or_create(source=source, target_locale=locale)
    translated, _made = source.create_or_update_translation(locale, publish=False)
    translated.get_latest_revision().publish()
