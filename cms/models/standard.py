from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from cms import blocks
from cms.models.base import PublicPage


class StandardPage(PublicPage):
    """Plain reading: who runs this, privacy, accessibility."""

    headline = models.CharField(_("headline"), max_length=160)
    lede = models.TextField(_("lead"))
    body = StreamField(
        [("section", blocks.SectionBlock()), ("unknown", blocks.UnknownBlock()), ("chain", blocks.ChainBlock())],
        verbose_name=_("body"),
        blank=True,
    )

    content_panels = [*PublicPage.content_panels, "headline", "lede", "body"]
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    template = "cms/standard.html"
