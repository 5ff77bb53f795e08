from grants.reports.models.draft import PartSave, ReportDraft, ReportFile
from grants.reports.models.reading import Feedback, Publication, Reminder
from grants.reports.models.revision import ReportRevision

__all__ = ["Feedback", "PartSave", "Publication", "Reminder", "ReportDraft", "ReportFile", "ReportRevision"]
