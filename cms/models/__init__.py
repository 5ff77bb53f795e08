"""The pages that editors make, in every language of the site."""

from cms.models.funds import FundPage
from cms.models.home import HomePage
from cms.models.register import ActionsPage
from cms.models.standard import StandardPage
from cms.models.stories import StoryPage

__all__ = ["ActionsPage", "FundPage", "HomePage", "StandardPage", "StoryPage"]
