from functools import cached_property
from typing import Any

from django.core.validators import validate_slug
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail_localize.fields import SynchronizedField

from cms import blocks, navigation
from cms.models.base import Dress, LivePage
from fundportal.context import Link
from fundportal.funds.models import Fund
from grants import public

ANCHORS = {"programmes": _("Where it goes"), "outcomes": _("Results"), "stories": _("Stories")}


class FundPage(LivePage):
    """One fund: what it is for, what it did, what nobody published, and where money moves, its campaign."""

    fund_code = models.CharField(_("code of the fund"), max_length=50, validators=[validate_slug])
    dockets = StreamField([("line", blocks.LineBlock())], verbose_name=_("line above the headline"), blank=True)
    headline = models.CharField(_("headline"), max_length=160)
    lede = models.TextField(_("lead"))
    facts = StreamField([("fact", blocks.FactBlock())], verbose_name=_("facts under the lead"), blank=True)
    notice = StreamField(
        [("campaign", blocks.CampaignNoticeBlock()), ("note", blocks.NoteNoticeBlock())],
        verbose_name=_("sheet on the field"),
        blank=True,
        max_num=1,
    )
    body = StreamField(
        [
            ("stats", blocks.StatsBlock()),
            ("stories", blocks.StoriesBlock()),
            ("programmes", blocks.ProgrammesBlock()),
            ("givers", blocks.GiversBlock()),
            ("tracker", blocks.TrackerBlock()),
            ("outcomes", blocks.OutcomesBlock()),
            ("campaign", blocks.CampaignBlock()),
            ("chain", blocks.ChainBlock()),
            ("section", blocks.SectionBlock()),
        ],
        verbose_name=_("body"),
        blank=True,
    )

    content_panels = [
        *LivePage.content_panels,
        "fund_code",
        "dockets",
        "headline",
        "lede",
        "facts",
        "notice",
        "body",
    ]
    override_translatable_fields = [SynchronizedField("fund_code")]
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.StoryPage"]
    template = "cms/fund.html"

    @cached_property
    def fund(self) -> Fund | Dress:
        """The fund in the books, or a plain dress while there is none of this code."""
        return Fund.objects.filter(code=self.fund_code).first() or Dress("house", self.full_title)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        stories = self.get_children().live().order_by("path")
        return context | {
            "fund": self.fund,
            "fund_url": self.get_url(request),
            "main_nav": self.links(request),
            "stories": {story.translation_key: story for story in stories},
        }

    def links(self, request: HttpRequest) -> list[Link]:
        """The fund, the parts of its page that are there; register, calls, grants and giving where there are any."""
        here = self.get_url(request) or ""
        present = {block.block_type for block in self.body}
        links = [Link(gettext("The fund"), here, is_current=request.path == here)]
        links += [Link(label, f"{here}#{name}") for name, label in ANCHORS.items() if name in present]
        register = navigation.section_link(request, navigation.is_register)
        links += [register] if register else []
        links += self._offers()
        give = reverse("giving:give", args=[self.campaign_code]) if self.campaign_code else ""
        return [*links, Link(gettext("Give"), give, is_current=request.path == give)] if give else links

    def _offers(self) -> list[Link]:
        """Calls while one is open or to come, grants once one is public."""
        found = public.offers(self.fund_code)
        grants = f"{reverse('grant_list')}?fund={self.fund_code}"
        links = [Link(gettext("Calls"), reverse("call_list"))] if found.calls else []
        return [*links, Link(gettext("Grants of this fund"), grants)] if found.grants else links

    @property
    def campaign_code(self) -> str:
        """As it is stored: the pages that other blocks link to need not be fetched for it."""
        return next(
            (str(block["value"]["campaign"]) for block in self.notice.raw_data if block["type"] == "campaign"), ""
        )
