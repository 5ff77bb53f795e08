from django.utils.translation import gettext as _

from fundportal.lifecycle import why_not
from grants.calls.models import Call
from grants.questionnaires.queries import problems


def missing(call: Call) -> list[str]:
    """What stands between a draft and its announcement, one sentence each; of a form, everything it lacks."""
    of_forms = [
        _("Form of stage %(number)s: %(problem)s") % {"number": stage.number, "problem": problem}
        for stage in call.stages.order_by("number").select_related("questionnaire")
        if stage.questionnaire
        for problem in problems(stage.questionnaire.form, call.languages)
    ]
    return why_not(call, "publish") + of_forms
