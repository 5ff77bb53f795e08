"""When a call may move. Guards read the call's stages and criteria, never anything of a later phase."""

from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.lifecycle import guard
from grants.calls.states import FULL_WEIGHT, SCORES, Topic
from grants.questionnaires.queries import problems

if TYPE_CHECKING:
    from grants.calls.models import Call


@guard(_("Say how much money there is, and the smallest and the largest grant."))
def has_its_money(call: "Call") -> bool:
    return None not in {call.budget_minor, call.minimum_minor, call.maximum_minor}


@guard(_("Choose who may apply."))
def has_its_applicants(call: "Call") -> bool:
    return bool(call.applicant_kinds)


@guard(_("Write the title, the summary and every text in each language of the call."))
def has_its_texts(call: "Call") -> bool:
    texts = [call.titles, call.summaries, *(call.texts.get(topic, {}) for topic in Topic)]
    return bool(call.languages) and all(text.get(language) for text in texts for language in call.languages)


@guard(_("Say how many hours an application takes, so that nobody is surprised."))
def says_what_it_costs(call: "Call") -> bool:
    return call.burden_hours is not None


@guard(_("Say by which day applicants hear."))
def says_when_it_answers(call: "Call") -> bool:
    return call.decision_by_on is not None


@guard(_("Add a stage with its opening and its deadline."))
def has_a_stage(call: "Call") -> bool:
    return bool(call.stages.all())


@guard(_("Each stage opens before its deadline, and after the deadline of the stage before it."))
def stages_follow_each_other(call: "Call") -> bool:
    stages = list(call.stages.all())
    in_order = all(stage.opens_at < stage.deadline_at for stage in stages)
    return in_order and all(former.closes_at < later.opens_at for former, later in pairwise(stages))


@guard(_("Every deadline has to lie ahead."))
def deadlines_lie_ahead(call: "Call") -> bool:
    return all(stage.deadline_at > clock.now() for stage in call.stages.all())


@guard(_("Name each stage in each language of the call."))
def stages_are_named(call: "Call") -> bool:
    return all(stage.titles.get(language) for stage in call.stages.all() for language in call.languages)


@guard(_("Choose a form for each stage."))
def has_its_forms(call: "Call") -> bool:
    return all(stage.questionnaire_id is not None for stage in call.stages.all())


@guard(_("A form is not complete in each language of the call."))
def its_forms_are_complete(call: "Call") -> bool:
    chosen = [stage.questionnaire for stage in call.stages.all() if stage.questionnaire]
    return not any(problems(questionnaire.form, call.languages) for questionnaire in chosen)


@guard(_("The weights of each stage’s criteria have to add up to 100."))
def weights_add_up(call: "Call") -> bool:
    rubrics = [list(stage.criteria.all()) for stage in call.stages.all()]
    return all(sum(criterion.weight for criterion in rubric) == FULL_WEIGHT for rubric in rubrics)


@guard(_("Give each criterion a title and say what each score from 0 to 5 means, in each language of the call."))
def scores_are_anchored(call: "Call") -> bool:
    criteria = [criterion for stage in call.stages.all() for criterion in stage.criteria.all()]
    return all(
        criterion.titles.get(language) and all(criterion.anchors.get(str(score), {}).get(language) for score in SCORES)
        for criterion in criteria
        for language in call.languages
    )


@guard(_("The first stage has not reached its opening yet."))
def opening_is_reached(call: "Call") -> bool:
    return any(stage.opens_at <= clock.now() for stage in call.stages.all())


@guard(_("The last deadline and its grace have not passed yet."))
def every_deadline_has_passed(call: "Call") -> bool:
    return all(stage.closes_at < clock.now() for stage in call.stages.all())


@guard(_("Write the check list for screening first."))
def has_screening_rules(call: "Call") -> bool:
    return bool(call.screening_rules)


@guard(_("Set how many days reviewers have to declare conflicts."))
def has_conflict_window(call: "Call") -> bool:
    return call.conflict_window_days is not None


@guard(_("Say in public why the call is cancelled."))
def says_why_it_is_cancelled(call: "Call") -> bool:
    return bool(call.cancel_reason)
