from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from cms import blocks
from cms.models.base import PublicPage


class StoryPage(PublicPage):
    """One thing a fund's money did, with its numbers as a picture and as a table."""

    dockets = StreamField([("line", blocks.LineBlock())], verbose_name=_("line above the headline"), blank=True)
    headline = models.CharField(_("headline"), max_length=160)
    lede = models.TextField(_("lead"))
    fact = StreamField([("fact", blocks.FactBlock())], verbose_name=_("large figure"), blank=True, max_num=1)
    body = StreamField(
        [
            ("picture", blocks.PictureBlock()),
            ("stats", blocks.StatsBlock()),
            ("chain", blocks.ChainBlock()),
            ("unknown", blocks.UnknownBlock()),
            ("section", blocks.SectionBlock()),
        ],
        verbose_name=_("body"),
        blank=True,
    )

    content_panels = [*PublicPage.content_panels, "dockets", "headline", "lede", "fact", "body"]
    parent_page_types = ["cms.FundPage"]
    subpage_types: list[str] = []
    template = "cms/story.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        parent = self.get_parent().specific
        return context | {
            "fund": parent.fund,
            "fund_page": parent,
            "fund_url": parent.get_url(request),
            "main_nav": parent.links(request),
        }
