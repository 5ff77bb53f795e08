from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from cms import blocks
from cms.blocks.register import COUNTED_YEAR
from cms.figures import write_number
from cms.models.base import Dress, PublicPage
from cms.register import Reading
from fundportal.templatetags.ledgers import Cell, Column, Ledger
from fundportal.templatetags.lists import Badge
from grants import public


class ActionsPage(PublicPage):
    """The register of local actions: every count is made from the entries, the printed one stands beside it."""

    name = models.CharField(_("name of the register"), max_length=120)
    docket = models.CharField(_("line above the headline"), max_length=120)
    headline = models.CharField(_("headline"), max_length=160)
    lede = models.TextField(_("lead"))
    count_heading = models.CharField(_("heading of the two counts"), max_length=120)
    count_text = models.TextField(_("about the two counts"))
    printed = StreamField([("kind", blocks.PrintedKindBlock())], verbose_name=_("printed counts of 2023"), blank=True)
    source = models.CharField(_("source line"), max_length=300)

    content_panels = [
        *PublicPage.content_panels,
        "name",
        "docket",
        "headline",
        "lede",
        "count_heading",
        "count_text",
        "printed",
        "source",
    ]
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "cms/actions.html"

    @property
    def dress(self) -> Dress:
        return Dress("cla", self.name)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        counts = public.counts(COUNTED_YEAR)
        reading = Reading(request.GET)
        return context | {
            "fund": self.dress,
            "fund_url": self.get_url(request),
            "counts": counts,
            "comparison": self.compare(counts),
            "reading": reading,
            "query": request.GET,
            "places": public.places(),
            "total": reading.choices.total,
        }

    def compare(self, counts: public.Counts) -> Ledger:
        """Kind by kind what the records give and what the document prints; a difference carries a badge."""
        rows = [
            (public.kind_label(kind), counts.kinds.get(kind, 0), printed)
            for kind, printed in ((block.value["kind"], block.value["printed"]) for block in self.printed)
        ]
        columns = (
            Column(gettext("Kind of pledge")),
            Column(gettext("Counted"), is_number=True),
            Column(gettext("Printed"), is_number=True),
            Column(gettext("Do they agree?")),
        )
        foot = (gettext("Sum of kinds"), sum(row[1] for row in rows), sum(row[2] for row in rows))
        return Ledger(
            gettext("Recomputed and printed, %(year)s") % {"year": counts.year},
            columns,
            [_compared(*row) for row in rows],
            foot=_compared(*foot),
        )


def _compared(label: str, counted: int, printed: int) -> tuple[Cell, ...]:
    verdict = Badge(gettext("differs"), "wait", "triangle") if counted != printed else Badge(gettext("agrees"), "ok")
    return Cell(label), Cell(write_number(counted)), Cell(write_number(printed)), Cell(verdict)
