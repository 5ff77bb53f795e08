"""Plain reading: a section of text, a chain of steps."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from fundportal.templatetags.lists import Moment

RICH_TEXT = ["bold", "italic", "link", "ol", "ul"]


class LineBlock(blocks.CharBlock):
    """One part of the line above a headline; a dot stands between two."""

    class Meta:
        label = _("Part")


class SectionBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"))
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT)

    class Meta:
        label = _("Section")
        icon = "doc-full"
        template = "cms/blocks/section.html"


class LinkBlock(blocks.StructBlock):
    step = blocks.CharBlock(label=_("Step"))
    text = blocks.CharBlock(label=_("What happened"))

    class Meta:
        label = _("Link of the chain")


class ChainBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"))
    text = blocks.TextBlock(label=_("Text"), required=False)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"))
    source = blocks.CharBlock(label=_("Source line"), required=False)

    class Meta:
        label = _("Chain of what followed what")
        icon = "link"
        template = "cms/blocks/chain.html"

    def get_context(self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        return context | {"moments": [Moment(link["step"], link["text"]) for link in value["links"]]}
