from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from grants import public

# The last year of which the register holds every entry, and whose totals a document prints.
COUNTED_YEAR = 2023


class PrintedKindBlock(blocks.StructBlock):
    """How many pledges of one kind the document itself counts."""

    kind = blocks.ChoiceBlock(label=_("Kind"), choices=public.kind_choices)
    printed = blocks.IntegerBlock(label=_("Printed number"), min_value=0)

    class Meta:
        label = _("Printed count")


class RegisterBlock(blocks.StructBlock):
    """The register's counts, made anew from its entries, with the way to it."""

    heading = blocks.CharBlock(label=_("Heading"))
    text = blocks.TextBlock(label=_("Text"))
    link_label = blocks.CharBlock(label=_("Words of the link"))

    class Meta:
        label = _("Counts of the register")
        icon = "list-ul"
        template = "cms/blocks/register.html"

    def get_context(self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        return context | {"counts": public.counts(COUNTED_YEAR)}
