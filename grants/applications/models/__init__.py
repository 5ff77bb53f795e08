from grants.applications.models.application import Application
from grants.applications.models.draft import Attachment, Collaborator, Draft, SectionSave
from grants.applications.models.revision import Census, Revision
from grants.applications.models.screening import (
    Disqualification,
    Ineligibility,
    InfoRequest,
    ScreeningCheck,
    SecondedProposal,
)

__all__ = [
    "Application",
    "Attachment",
    "Census",
    "Collaborator",
    "Disqualification",
    "Draft",
    "Ineligibility",
    "InfoRequest",
    "Revision",
    "ScreeningCheck",
    "SecondedProposal",
    "SectionSave",
]
