"""Money: a campaign's live gauge from the books, and a published target with its steps."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.campaigns import campaign
from cms.figures import write_dollars
from fundportal.templatetags.lists import Moment

PERCENT = 100


class CampaignCodeBlock(blocks.RegexBlock):
    """Not a text: the same in every language."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Code of the campaign"))
        super().__init__(regex=r"^[a-z0-9-]+$", **options)


class CampaignBlock(blocks.StructBlock):
    campaign = CampaignCodeBlock()
    heading = blocks.CharBlock(label=_("Heading"))
    text = blocks.TextBlock(label=_("Text"))

    class Meta:
        label = _("Campaign and its gauge")
        icon = "pick"
        template = "cms/blocks/campaign.html"

    def get_context(self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        return context | {"campaign": campaign(value["campaign"], context)}


class CampaignNoticeBlock(CampaignBlock):
    class Meta:
        label = _("Give")
        icon = "pick"
        template = "cms/blocks/notice_campaign.html"


class NoteNoticeBlock(blocks.StructBlock):
    """A sheet on the field that offers no gift."""

    heading = blocks.CharBlock(label=_("Heading"))
    paragraphs = blocks.ListBlock(blocks.TextBlock(), label=_("Text"))
    link_label = blocks.CharBlock(label=_("Words of the link"), required=False)
    link_page = blocks.PageChooserBlock(label=_("Page it leads to"), required=False)

    class Meta:
        label = _("Note")
        icon = "info-circle"
        template = "cms/blocks/notice_note.html"

    def get_context(self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        page = value["link_page"]
        return context | {"link_target": page.localized if page else None}


class Progress(TextChoices):
    DONE = "done", _("Reached")
    NOW = "now", _("Here now")
    LATER = "later", _("Still ahead")


class TargetStepBlock(blocks.StructBlock):
    when = blocks.CharBlock(label=_("When"))
    dollars = blocks.IntegerBlock(label=_("US dollars"))
    text = blocks.CharBlock(label=_("What happened, or shall"))
    progress = blocks.ChoiceBlock(label=_("How far"), choices=Progress.choices, default=Progress.LATER)

    class Meta:
        label = _("Step")


class TrackerBlock(blocks.StructBlock):
    """Published sums only: nothing here comes from the books."""

    heading = blocks.CharBlock(label=_("Heading"))
    text = blocks.TextBlock(label=_("Text"))
    alt = blocks.CharBlock(label=_("The gauge in one sentence"))
    steps = blocks.ListBlock(TargetStepBlock(), label=_("Steps, from the smallest"))
    source = blocks.CharBlock(label=_("Source line"))

    class Meta:
        label = _("Target and its steps")
        icon = "flag"
        template = "cms/blocks/tracker.html"

    def get_context(self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        steps = list(value["steps"])
        top = max((step["dollars"] for step in steps), default=0) or 1
        reached = max((step["dollars"] for step in steps if step["progress"] != Progress.LATER), default=0)
        return context | {
            "moments": [
                Moment(write_dollars(step["dollars"]), step["text"], step["when"], step["progress"]) for step in steps
            ],
            "ticks": [step["dollars"] * PERCENT / top for step in steps if step["dollars"] < top],
            "filled": reached * PERCENT / top,
            "scale": [write_dollars(0), write_dollars(top // 2), write_dollars(top)],
        }
