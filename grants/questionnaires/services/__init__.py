from grants.questionnaires.services.forms import (
    copy_questionnaire,
    create_questionnaire,
    freeze,
    rename_questionnaire,
    save_definition,
)
from grants.questionnaires.services.parts import (
    add_question,
    add_section,
    change_question,
    change_section,
    move_question,
    move_section,
    remove_question,
    remove_section,
)

__all__ = [
    "add_question",
    "add_section",
    "change_question",
    "change_section",
    "copy_questionnaire",
    "create_questionnaire",
    "freeze",
    "move_question",
    "move_section",
    "remove_question",
    "remove_section",
    "rename_questionnaire",
    "save_definition",
]
