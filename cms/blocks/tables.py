"""What a fund does, who gives to it, what became of it: tables, with what is not known printed beside them."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.figures import FigureBlock
from cms.figures import FigureValue, write_number, write_percent
from fundportal.templatetags.ledgers import Cell, Column, Ledger

PERCENT = 100


def figure_cell(figure: FigureValue) -> Cell:
    printed = figure.printed
    return Cell(printed.text, sure=printed.sure)


class ProgrammeBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Programme"))
    happened = blocks.CharBlock(label=_("What happened"))
    figure = FigureBlock()

    class Meta:
        label = _("Programme")


class UnknownBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"))
    paragraphs = blocks.ListBlock(blocks.TextBlock(), label=_("What the sources do not say"))

    class Meta:
        label = _("What we do not know yet")
        template = "cms/blocks/unknown.html"


class ProgrammesBlock(blocks.StructBlock):
    """What is not known is a list of this block itself: wagtail-localize finds no list in a block inside a block."""

    caption = blocks.CharBlock(label=_("Title of the table"))
    happened_heading = blocks.CharBlock(label=_("Heading of the second column"))
    programmes = blocks.ListBlock(ProgrammeBlock(), label=_("Programmes"))
    unknown_heading = blocks.CharBlock(label=_("Heading of what is not known"))
    unknown = blocks.ListBlock(blocks.TextBlock(), label=_("What the sources do not say"))
    source = blocks.CharBlock(label=_("Source line"))

    class Meta:
        label = _("Programmes, and what is not known")
        icon = "table"
        template = "cms/blocks/programmes.html"

    def get_context(self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        columns = (
            Column(gettext("Programme")),
            Column(value["happened_heading"]),
            Column(gettext("Figure"), is_number=True),
        )
        rows = [
            (Cell(each["name"]), Cell(each["happened"]), figure_cell(each["figure"])) for each in value["programmes"]
        ]
        return context | {"table": Ledger(value["caption"], columns, rows, has_hidden_caption=True)}


class GiverBlock(blocks.StructBlock):
    kind = blocks.CharBlock(label=_("What kind of giver"))
    name = blocks.CharBlock(label=_("Name"))

    class Meta:
        label = _("Giver")


class GiversBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"))
    text = blocks.TextBlock(label=_("Text"))
    givers = blocks.ListBlock(GiverBlock(), label=_("Givers"))
    source = blocks.CharBlock(label=_("Source line"))
    beside_heading = blocks.CharBlock(label=_("Heading beside it"))
    beside_text = blocks.TextBlock(label=_("Text beside it"))

    class Meta:
        label = _("Who gives")
        icon = "group"
        template = "cms/blocks/givers.html"


class CityBlock(blocks.StructBlock):
    city = blocks.CharBlock(label=_("City"))
    country = blocks.CharBlock(label=_("Country"))
    year = blocks.IntegerBlock(label=_("Year, where the source gives one"), required=False)
    project = blocks.CharBlock(label=_("Project"))
    outcomes = blocks.ListBlock(blocks.CharBlock(), label=_("Published outcomes"), required=False, default=[])
    names_follow_on = blocks.BooleanBlock(label=_("The record names money that followed"), required=False)

    class Meta:
        label = _("City")


class OutcomesBlock(blocks.StructBlock):
    """Published city by city; the share printed by the source stands beside the one these records give."""

    heading = blocks.CharBlock(label=_("Heading"))
    text = blocks.TextBlock(label=_("Text"))
    cities = blocks.ListBlock(CityBlock(), label=_("Cities"))
    printed_share = blocks.IntegerBlock(label=_("Printed share that found further money, in percent"))
    share_text = blocks.TextBlock(label=_("About the two shares"))
    source = blocks.CharBlock(label=_("Source line"))

    class Meta:
        label = _("City by city")
        icon = "globe"
        template = "cms/blocks/outcomes.html"

    def get_context(self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        cities = list(value["cities"])
        following = sum(bool(city["names_follow_on"]) for city in cities)
        return context | {
            "table": self.table(value),
            "printed": write_percent(value["printed_share"]),
            "following": write_number(following),
            "recorded": write_number(len(cities)),
            "counted": write_percent(following * PERCENT // len(cities)) if cities else "",
            "share_differs": bool(cities) and following * PERCENT != value["printed_share"] * len(cities),
        }

    def table(self, value: blocks.StructValue) -> Ledger:
        """No source gives the amount of any grant, and the table says so in every row."""
        labels = (gettext("City"), gettext("Project"), gettext("Published outcome"), gettext("Grant"))
        rows = [
            (
                Cell(city["city"], detail=", ".join(str(part) for part in (city["country"], city["year"]) if part)),
                Cell(city["project"]),
                Cell("; ".join(city["outcomes"]) or gettext("not published")),
                Cell(gettext("not published")),
            )
            for city in value["cities"]
        ]
        return Ledger(value["heading"], [Column(label) for label in labels], rows, has_hidden_caption=True)
