"""The report form a fund may start from instead of an empty page: five questions, in English and French.

Results, spending and files are asked for every report and stand in no form.
"""

import json
from importlib.resources import files

from grants.questionnaires.definition import Definition


def starter() -> Definition:
    text = files(__package__).joinpath("starter.json").read_text(encoding="utf-8")
    return Definition.read(json.loads(text))
