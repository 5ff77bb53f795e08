from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms import blocks, navigation
from cms.models.base import LivePage
from cms.models.funds import FundPage


class HomePage(LivePage):
    """The notice on the door: every fund, the register, how figures are read."""

    docket = models.CharField(_("line above the headline"), max_length=120)
    headline = models.CharField(_("headline"), max_length=160)
    lede = models.TextField(_("lead"))
    funds_heading = models.CharField(_("heading above the funds"), max_length=120)
    body = StreamField(
        [
            ("stats", blocks.StatsBlock()),
            ("campaign", blocks.CampaignBlock()),
            ("register", blocks.RegisterBlock()),
            ("section", blocks.SectionBlock()),
            ("chain", blocks.ChainBlock()),
        ],
        verbose_name=_("below the funds"),
        blank=True,
    )

    content_panels = [*LivePage.content_panels, "docket", "headline", "lede", "funds_heading", FieldPanel("body")]
    parent_page_types = ["wagtailcore.Page"]
    template = "cms/home.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        register = navigation.section_link(request, navigation.is_register)
        funds = FundPage.objects.child_of(self).live().order_by("path")
        return context | {"fund_pages": [(page, page.get_url(request)) for page in funds], "register": register}
