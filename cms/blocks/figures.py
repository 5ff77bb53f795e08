"""Figures with their underline, alone or in a row of large ones."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.figures import Certainty, FigureValue, Measure


class FigureBlock(blocks.StructBlock):
    amount = blocks.IntegerBlock(label=_("Number"), required=False)
    measure = blocks.ChoiceBlock(label=_("What the number counts"), choices=Measure.choices, default=Measure.COUNT)
    unit = blocks.CharBlock(label=_("Unit, as a reader says it"), required=False)
    more_than = blocks.BooleanBlock(label=_("The source says “more than”"), required=False)
    words = blocks.CharBlock(label=_("Words where the source gives no number"), required=False)
    certainty = blocks.ChoiceBlock(label=_("How sure are we"), choices=Certainty.choices, default=Certainty.REPORTED)

    class Meta:
        label = _("Figure")
        value_class = FigureValue


class FactBlock(blocks.StructBlock):
    """A figure inside a short line; without a number the line stands alone."""

    figure = FigureBlock()
    text = blocks.CharBlock(label=_("Words after it"))

    class Meta:
        label = _("Fact")


class StatBlock(blocks.StructBlock):
    figure = FigureBlock()
    caption = blocks.CharBlock(label=_("What it counts"))

    class Meta:
        label = _("Large figure")


class StatsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"))
    lede = blocks.TextBlock(label=_("Lead"), required=False)
    stats = blocks.ListBlock(StatBlock(), label=_("Figures"))
    source = blocks.CharBlock(label=_("Source line"))

    class Meta:
        label = _("Large figures")
        icon = "order"
        template = "cms/blocks/stats.html"
