"""What `{% load components %}` loads."""

from fundportal.templatetags import controls, figures, files, frame, ledgers, lists, notices, pictures, words
from fundportal.templatetags.library import register

__all__ = ["controls", "figures", "files", "frame", "ledgers", "lists", "notices", "pictures", "register", "words"]
