"""Papers: data in, bytes out. Knows type, colour and direction, and no word of the business."""

from fundportal.pdf.bidi import isolated
from fundportal.pdf.sheet import Look, Sheet
from fundportal.pdf.tables import Column

__all__ = ["Column", "Look", "Sheet", "isolated"]
