"""The front door for whoever keeps answers: which questions are asked, the form for a section, what is missing.

Answers are one JSON object by question key; a key that is absent is not answered. By kind: texts are str; a number
"12.5"; an amount {"minor": int, "currency": str}; a day "2027-01-31"; a choice str or, where several may be chosen,
list of str; files a list of upload tokens; a budget a list of {"what", "minor", "why"}; a declaration true; an
indicator {"baseline", "target", "value"}. What a draft holds but nobody can read stays as it was typed.
"""

from grants.questionnaires.checking import is_answered, problem, problems
from grants.questionnaires.conditions import reachable
from grants.questionnaires.kinds import words
from grants.questionnaires.section_form import SectionForm
from grants.questionnaires.sheets import Difference, SheetRow, SheetSection, differences, sheet

__all__ = [
    "Difference",
    "SectionForm",
    "SheetRow",
    "SheetSection",
    "differences",
    "is_answered",
    "problem",
    "problems",
    "reachable",
    "sheet",
    "words",
]
