"""The parts that editors put pages together from; each has one template of its own."""

from cms.blocks.figures import FactBlock, FigureBlock, StatsBlock
from cms.blocks.money import CampaignBlock, CampaignNoticeBlock, NoteNoticeBlock, TrackerBlock
from cms.blocks.pictures import PictureBlock, StoriesBlock
from cms.blocks.register import PrintedKindBlock, RegisterBlock
from cms.blocks.tables import GiversBlock, OutcomesBlock, ProgrammesBlock, UnknownBlock
from cms.blocks.text import ChainBlock, LineBlock, SectionBlock

__all__ = [
    "CampaignBlock",
    "CampaignNoticeBlock",
    "ChainBlock",
    "FactBlock",
    "FigureBlock",
    "GiversBlock",
    "LineBlock",
    "NoteNoticeBlock",
    "OutcomesBlock",
    "PictureBlock",
    "PrintedKindBlock",
    "ProgrammesBlock",
    "RegisterBlock",
    "SectionBlock",
    "StatsBlock",
    "StoriesBlock",
    "TrackerBlock",
    "UnknownBlock",
]
