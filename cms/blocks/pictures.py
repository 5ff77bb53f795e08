"""Pictures that count: one mark is one person, one family, one day."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.figures import FigureBlock
from cms.blocks.tables import figure_cell
from cms.pictures import NORMAL_SHAPE, WIDE_SHAPE, Shape, marks
from fundportal.templatetags.ledgers import Cell, Column, Ledger


class MarksBlock(blocks.StructBlock):
    total = blocks.IntegerBlock(label=_("How many marks"), min_value=1, max_value=400)
    filled = blocks.IntegerBlock(label=_("How many are filled (empty: all)"), required=False, min_value=0)
    shape = blocks.ChoiceBlock(label=_("One mark is drawn as"), choices=Shape.choices, default=Shape.DOT)
    alt = blocks.CharBlock(label=_("The picture in one sentence"))

    class Meta:
        label = _("Marks")


def with_picture(context: dict[str, Any], value: blocks.StructValue, *, shape: float) -> dict[str, Any]:
    filled = value["filled"] if value["filled"] is not None else value["total"]
    context["picture"] = marks(value["total"], filled, drawn_as=Shape(value["shape"]), width_to_height=shape)
    return context


class StoryCardBlock(blocks.StructBlock):
    marks = MarksBlock()
    heading = blocks.CharBlock(label=_("Heading"))
    text = blocks.TextBlock(label=_("Text"))
    page = blocks.PageChooserBlock(label=_("Whole story"), required=False, page_type=["cms.StoryPage"])

    class Meta:
        label = _("Story in one picture")
        template = "cms/blocks/story_card.html"

    def get_context(self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = with_picture(super().get_context(value, parent_context), value["marks"], shape=NORMAL_SHAPE)
        stories = (parent_context or {}).get("stories", {})
        context["story"] = stories.get(value["page"].translation_key) if value["page"] else None
        return context


class StoriesBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"))
    cards = blocks.ListBlock(StoryCardBlock(), label=_("Stories"))
    source = blocks.CharBlock(label=_("Source line"))

    class Meta:
        label = _("Stories in pictures")
        icon = "pick"
        template = "cms/blocks/stories.html"


class IndicatorBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Indicator"))
    promised = FigureBlock(label=_("Promised"))
    reached = FigureBlock(label=_("Reached"))

    class Meta:
        label = _("Indicator")


class PictureBlock(blocks.StructBlock):
    """One wide picture with the same numbers as a table."""

    heading = blocks.CharBlock(label=_("Heading"))
    text = blocks.TextBlock(label=_("Text"))
    marks = MarksBlock()
    caption = blocks.CharBlock(label=_("Caption"))
    indicators = blocks.ListBlock(IndicatorBlock(), label=_("The same as a table"))
    source = blocks.CharBlock(label=_("Source line"))

    class Meta:
        label = _("Picture and table")
        icon = "table"
        template = "cms/blocks/picture.html"

    def get_context(self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = with_picture(super().get_context(value, parent_context), value["marks"], shape=WIDE_SHAPE)
        columns = (
            Column(gettext("Indicator")),
            Column(gettext("Promised"), is_number=True),
            Column(gettext("Reached"), is_number=True),
        )
        rows = [
            (Cell(each["name"]), figure_cell(each["promised"]), figure_cell(each["reached"]))
            for each in value["indicators"]
        ]
        return context | {"table": Ledger(value["heading"], columns, rows, has_hidden_caption=True)}
