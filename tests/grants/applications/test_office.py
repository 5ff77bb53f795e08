"""The office's pages: what is seen, what may be done, by whom, and in how many queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fundportal import clock
from fundportal.access import Role
from fundportal.mail.models import Letter
from grants.applications import services
from grants.applications.models import Application, Attachment
from grants.applications.services.screening import earliest_due_on
from grants.applications.states import ApplicationState
from tests.factories.applications import make_application, make_revision
from tests.factories.calls import make_call
from tests.factories.organisations import make_conflict
from tests.factories.people import hold, make_person
from tests.factories.questionnaires import make_answers
from tests.factories.uploads import LETTER, make_upload

S = ApplicationState
LIST = reverse("applications:applications")


@pytest.fixture
def closed(house):
    call = make_call(house.stage.call.fund, state="closed")
    return call.stages.select_related("call__fund").get(number=1)


@pytest.fixture
def checked(house, closed):
    return make_application(closed, organisation=house.organisation, by=house.signatory, state=S.SCREENING)


def url(name, application, *more):
    return reverse(f"applications:{name}", args=[application.reference, *more])


def again(application):
    return Application.objects.select_related("draft__form_version", "stage__call").get(pk=application.pk)


def meet_all(application, by):
    for rule in application.stage.call.screening_rules:
        services.check_rule(application.pk, rule=rule["key"], passes=True, note="", by=by)


def queries_of(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_list_asks_as_much_for_thirty_as_for_three(house, closed, client):
    client.force_login(house.officer)
    for _number in range(3):
        make_application(closed, state=S.SCREENING)
    client.get(LIST)
    three = queries_of(client, LIST)
    for _number in range(27):
        make_application(closed, state=S.SUBMITTED)
    assert queries_of(client, LIST) == three


def test_the_applicants_list_asks_as_much_for_thirty_as_for_three(house, closed, client):
    client.force_login(house.signatory)
    mine = reverse("my_applications:applications")
    for _number in range(3):
        make_application(closed, organisation=house.organisation, by=house.signatory)
    client.get(mine)
    three = queries_of(client, mine)
    for _number in range(27):
        make_application(closed, organisation=house.organisation, by=house.signatory)
    assert queries_of(client, mine) == three


def test_the_list_is_narrowed_by_state_call_and_words(house, closed, checked, client):
    make_application(closed, state=S.ELIGIBLE)
    client.force_login(house.officer)
    assert checked.reference in client.get(LIST, {"state": "screening", "call": closed.call.code}).content.decode()
    assert checked.reference not in client.get(LIST, {"state": "eligible"}).content.decode()
    assert checked.reference in client.get(LIST, {"words": "valmont", "order": "waiting"}).content.decode()
    assert "No application matches" in client.get(LIST, {"words": "nothing like this"}).content.decode()


@pytest.mark.parametrize("state", [state for state in S if state not in {S.DRAFT, S.LAPSED}])
def test_every_state_has_its_page(house, closed, client, state):
    made = make_application(closed, state=state)
    client.force_login(house.manager)
    assert client.get(url("application", made)).status_code == 200


def test_drafts_are_nobodys_business(house, client):
    made = make_application(house.stage)
    client.force_login(house.manager)
    assert made.reference not in client.get(LIST).content.decode()
    assert client.get(url("application", made)).status_code == 404


def test_a_conflict_of_interest_hides_everything_of_it(house, checked, client):
    make_conflict(house.officer, house.organisation)
    client.force_login(house.officer)
    assert client.get(url("application", checked)).status_code == 404
    assert checked.reference not in client.get(LIST).content.decode()
    assert client.post(url("eligible", checked)).status_code == 404


def test_a_member_of_the_organisation_does_not_meet_it_in_the_office(house, checked, client):
    """The applicant's own pages stay open to them; what the office found does not."""
    hold(house.writer, Role.OFFICER)
    client.force_login(house.writer)
    assert client.get(url("application", checked)).status_code == 404
    assert client.get(reverse("my_applications:application", args=[checked.reference])).status_code == 200


def test_an_auditor_reads_all_and_changes_nothing(checked, client):
    client.force_login(make_person("Xenia Demo", Role.AUDITOR))
    page = client.get(url("application", checked)).content.decode()
    assert "Everything is met" not in page
    assert client.post(url("eligible", checked)).status_code == 403


def test_officers_of_another_fund_do_not_know_of_it(checked, client):
    other = make_call().fund
    client.force_login(make_person("Otto Demo", Role.OFFICER, fund=other))
    assert client.get(url("application", checked)).status_code == 404


def test_fit_for_review_when_every_rule_is_met(house, checked, client):
    client.force_login(house.officer)
    refused = client.post(url("eligible", checked))
    assert refused.status_code == 409
    assert "Not yet checked, or not met: The work happens in a city" in refused.content.decode()
    for rule in checked.stage.call.screening_rules:
        client.post(url("check", checked), {"rule": rule["key"], "passes": "yes", "note": ""})
    assert client.post(url("eligible", checked)).status_code == 302
    assert again(checked).state == S.ELIGIBLE


def test_a_rule_that_is_not_met_needs_a_note(house, checked, client):
    client.force_login(house.officer)
    answer = client.post(url("check", checked), {"rule": "in-a-city", "passes": "no", "note": " "})
    assert answer.status_code == 422
    assert "Say in a sentence what you found." in answer.content.decode()


def test_not_fit_needs_two_people_and_tells_the_applicant_after_the_second(house, checked, client):
    client.force_login(house.officer)
    client.post(url("ineligible", checked), {"criterion": "in-a-city", "reason": "The work happens at sea."})
    assert Letter.objects.count() == 0
    assert client.post(url("ineligible_agree", checked)).status_code == 403
    client.force_login(house.second)
    assert "Agree and tell the applicant" in client.get(url("application", checked)).content.decode()
    client.post(url("ineligible_agree", checked))
    assert again(checked).state == S.INELIGIBLE
    letter = Letter.objects.filter(template="applications/news").order_by("pk").first()
    assert "The work happens at sea." in letter.text_body


def test_an_appeal_within_the_window_brings_it_to_review(house, closed, client):
    made = make_application(closed, state=S.INELIGIBLE)
    client.force_login(house.manager)
    assert client.post(url("appeal", made), {"reason": ""}).status_code == 422
    client.post(url("appeal", made), {"reason": "The harbour belongs to the city."})
    assert again(made).state == S.ELIGIBLE


def test_a_request_opens_only_what_it_names_and_the_answer_shows_what_changed(house, checked, client):
    sections = checked.draft.form_version.form.sections
    due = earliest_due_on(clock.today(checked.fund.time_zone))
    data = {"sections": [sections[0].key], "reason": "Which city is it?", "due_on": due.isoformat()}
    client.force_login(house.officer)
    early = data | {"due_on": (due - timedelta(days=1)).isoformat()}
    assert "at least five working days" in client.post(url("ask", checked), early).content.decode()
    client.post(url("ask", checked), data)
    assert again(checked).state == S.INFO_REQUESTED

    client.force_login(house.signatory)
    mine = reverse("my_applications:application", args=[checked.reference])
    assert "Which city is it?" in client.get(mine).content.decode()
    shut = reverse("my_applications:section", args=[checked.reference, sections[1].key])
    assert client.get(shut).status_code == 302
    answers = {
        key: value for key, value in checked.draft.answers.items() if key in {one.key for one in sections[0].questions}
    } | {"title": "A kitchen in Valmont"}
    draft = services.save_section(
        checked.pk, section=sections[0].key, answers=answers, version=again(checked).draft.version, by=house.signatory
    )
    services.resubmit(checked.pk, version=draft.version, by=house.signatory)
    client.force_login(house.officer)
    page = client.get(url("application", checked)).content.decode()
    assert "What the last answer changed" in page
    assert "A kitchen in Valmont" in page
    assert again(checked).state == S.SCREENING


def test_five_working_days_leave_out_the_weekend():
    friday = clock.now().date().replace(year=2027, month=1, day=29)
    assert earliest_due_on(friday).isoformat() == "2027-02-05"


def test_a_hold_stops_it_and_ends_where_it_began(house, checked, client):
    client.force_login(house.officer)
    later = (clock.now() + timedelta(days=20)).date().isoformat()
    client.post(url("hold", checked), {"reason": "The register is being corrected.", "ends_on": later})
    assert again(checked).state == S.ON_HOLD
    client.post(url("resume", checked))
    assert again(checked).state == S.SCREENING


def test_exclusion_needs_a_manager_and_a_second_person(house, checked, client):
    client.force_login(house.officer)
    facts = {"evidence": "The same text was sent twice.", "reply": "They said it was an oversight."}
    assert client.post(url("disqualify", checked), facts).status_code == 403
    client.force_login(house.manager)
    assert client.post(url("disqualify", checked), facts | {"reply": ""}).status_code == 422
    client.post(url("disqualify", checked), facts)
    assert client.post(url("disqualify_agree", checked)).status_code == 403
    client.force_login(house.officer)
    client.post(url("disqualify_agree", checked))
    assert again(checked).state == S.DISQUALIFIED


def test_a_withdrawn_one_is_brought_back_within_14_days(house, closed, client):
    made = make_application(closed, state=S.WITHDRAWN)
    client.force_login(house.manager)
    client.post(url("reinstate", made), {"reason": "They asked for it."})
    assert again(made).state == S.SCREENING


def test_dropped_proposals_change_nothing(house, checked, client):
    client.force_login(house.officer)
    client.post(url("ineligible", checked), {"criterion": "in-a-city", "reason": "At sea."})
    client.post(url("ineligible_drop", checked))
    client.force_login(house.manager)
    client.post(url("disqualify", checked), {"evidence": "Copied.", "reply": "Asked, no answer."})
    client.post(url("disqualify_drop", checked))
    assert again(checked).state == S.SCREENING
    page = client.get(url("application", checked)).content.decode()
    assert "Agree and tell the applicant" not in page


def test_the_office_fetches_a_clean_file_from_the_page_of_the_application(house, closed, client):
    answers = make_answers()
    made = make_application(closed, organisation=house.organisation, by=house.signatory, state=S.SCREENING)
    upload = make_upload(house.signatory)
    Attachment.objects.create(application=made, upload=upload, question="papers", added_by=house.signatory)
    make_revision(made, answers=answers | {"papers": [str(upload.token)]}, by=house.signatory)
    client.force_login(house.officer)
    address = url("file", made, upload.token)
    assert f'href="{address}"' in client.get(url("application", made)).content.decode()
    assert client.get(address).content == LETTER
    client.force_login(make_person("Otto Demo", Role.OFFICER, fund=make_call().fund))
    assert client.get(address).status_code == 404
