"""The office writes forms: seen by whom, changed by whom, and nobody's words are lost."""

import pytest
from django.urls import reverse

from fundportal.access import Role
from grants.questionnaires import services
from grants.questionnaires.definition import Condition
from grants.questionnaires.models import Questionnaire
from tests.factories.people import make_fund, make_person
from tests.factories.questionnaires import make_form_version, make_questionnaire

pytestmark = pytest.mark.django_db

PAGES = ["form", "preview"]
EDITS = ["rename", "copy", "section_add"]
PART_EDITS = [
    ("section", "money"),
    ("section_remove", "money"),
    ("question", "amount"),
    ("question_remove", "amount"),
]


def at(name, *args):
    return reverse(f"questionnaires:{name}", args=args)


def post(client, url, follow=True, **data):
    return client.post(url, data, follow=follow)


@pytest.fixture
def officer(client):
    person = make_person("Olga Demo", Role.OFFICER)
    client.force_login(person)
    return person


@pytest.fixture
def form():
    return make_questionnaire(name="Welcome grants")


def now(form):
    return Questionnaire.objects.get(pk=form.pk)


def test_who_may_read_and_who_may_write(client, form):
    version = make_form_version(form)
    reads = [at("forms"), *(at(name, form.pk) for name in PAGES), at("version", form.pk, version.number)]
    writes = [at("add"), *(at(name, form.pk) for name in EDITS), *(at(name, form.pk, key) for name, key in PART_EDITS)]
    for role in Role:
        client.force_login(make_person("Person Demo", role))
        may_read = role in {Role.OFFICER, Role.MANAGER, Role.AUDITOR, Role.CHAIR}
        may_write = role in {Role.OFFICER, Role.MANAGER}
        assert {client.get(url).status_code for url in reads} == {200 if may_read else 403}, role
        assert {client.get(url).status_code for url in writes} == {200 if may_write else 403}, role


def test_forms_of_another_fund_are_not_there(client, form):
    client.force_login(make_person("Olga Demo", Role.OFFICER, fund=make_fund()))
    urls = [at(name, form.pk) for name in (*PAGES, *EDITS)] + [at(name, form.pk, key) for name, key in PART_EDITS]
    assert {client.get(url).status_code for url in urls} == {404}
    assert {client.post(url).status_code for url in urls if "preview" not in url and url != at("form", form.pk)} == {
        404
    }
    assert "Welcome grants" not in client.get(at("forms")).text


def test_whoever_only_reads_sees_no_button_to_change(client, form):
    client.force_login(make_person("Ada Demo", Role.AUDITOR))
    assert "Remove" not in client.get(at("form", form.pk)).text


def test_the_list_asks_as_much_for_thirty_forms_as_for_three(client, officer, django_assert_num_queries):
    fund = make_fund()
    for _each in range(3):
        make_form_version(make_questionnaire(fund))
    with django_assert_num_queries(5):
        client.get(at("forms"))
    for _each in range(27):
        make_questionnaire(make_fund())
    with django_assert_num_queries(5):
        client.get(at("forms"))


def test_a_new_form_begins_with_the_usual_sections(client, officer):
    fund = make_fund(settlement_currency="EUR")
    page = post(client, at("add"), fund=fund.pk, name="Spring", start="usual")
    assert "A call can be announced with this form." in page.text
    assert {one.currency for one in Questionnaire.objects.get().form.questions} == {"", "EUR"}
    page = post(client, at("add"), fund=fund.pk, name="", start="empty")
    assert page.status_code == 422
    assert "Give it a name" in page.text
    page = post(client, at("add"), fund=fund.pk, name="Empty", start="empty")
    assert "There is no section yet. Add one." in page.text


def test_a_form_is_renamed_and_copied(client, officer, form):
    assert "Autumn" in post(client, at("rename", form.pk), name="Autumn", version=1).text
    assert post(client, at("rename", form.pk), name="Winter", version=1).status_code == 409
    post(client, at("copy", form.pk), fund=form.fund_id, name="Twin")
    assert Questionnaire.objects.get(name="Twin").definition == now(form).definition


def test_a_section_is_added_worded_moved_and_removed(client, officer, form):
    post(client, at("section_add", form.pk), title_en="More", title_fr="Plus", version=1)
    added = now(form).form.sections[-1]
    assert added.titles == {"en": "More", "fr": "Plus"}
    post(client, at("section", form.pk, added.key), title_en="Still more", help_en="Be brief.", version=2)
    assert now(form).form.sections[-1].helps == {"en": "Be brief."}
    post(client, at("section_move", form.pk, added.key), direction="up", version=3)
    assert now(form).form.sections[2].key == added.key
    page = client.get(at("section_remove", form.pk, "money"))
    assert "How much do you ask for?" in page.text
    post(client, at("section_remove", form.pk, "money"), version=4)
    assert now(form).form.section("money") is None


def test_a_question_of_each_kind_is_added(client, officer, form):
    more = {"long_text": {"word_limit": "80"}, "number": {"minimum": "1,000"}, "date": {"maximum": "2027-05-01"}}
    more |= {"money": {"currency": "EUR", "maximum": "1000.50"}, "budget": {"currency": "USD"}}
    more |= {"choice": {"choice_0_en": "Red", "choice_2_en": "Blue", "is_many": "on"}, "file": {"accept": ["pdf"]}}
    for kind in ("short_text", "declaration", "indicator", *more):
        url = f"{at('question_add', form.pk, 'you')}?kind={kind}"
        assert client.get(url).status_code == 200
        data = {"label_en": f"The {kind}", "version": now(form).version, "condition": ["other_funders=yes"]}
        assert "Saved." in post(client, url, **(data | more.get(kind, {}))).text
    made = {one.kind: one for one in now(form).form.section("you").questions[4:]}
    assert made["long_text"].word_limit == 80
    assert made["number"].minimum == "1000"
    assert (made["money"].currency, made["money"].maximum) == ("EUR", "100050")
    assert made["date"].maximum == "2027-05-01"
    assert [choice.label for choice in made["choice"].choices] == ["Red", "Blue"]
    assert (made["choice"].is_many, made["file"].accept) == (True, ("pdf",))
    assert {one.condition for one in made.values()} == {Condition("other_funders", ("yes",))}
    assert not made["short_text"].is_required


def test_a_question_shows_its_settings_and_keeps_them_when_saved(client, officer, form):
    for question in form.form.questions:
        url = at("question", form.pk, question.key)
        bound = client.get(url).context["form"]
        data = {one.html_name: one.value() for row in bound.rows for one in row if one.value() not in (None, False)}
        client.post(
            url,
            {name: list(v) if isinstance(v, tuple) else v for name, v in data.items()} | {"version": now(form).version},
        )
    assert now(form).form == form.form
    assert now(form).version == 1 + len(form.form.questions)


@pytest.mark.parametrize(
    ("key", "facts", "sentence"),
    [
        ("title", {"label_en": ""}, "Write this in the first language at least."),
        ("amount", {"minimum": "lots"}, "Type the amount in figures"),
        ("people", {"minimum": "lots"}, "Type it in figures, or leave it empty."),
        ("starts_on", {"minimum": "soon"}, "Type it in figures, or leave it empty."),
        ("title", {"condition": ["other_funders=yes", "declaration=yes"]}, "Tick answers of one question only."),
    ],
)
def test_what_does_not_fit_is_said_beside_it(client, officer, form, key, facts, sentence):
    data = {"label_en": "Words", "currency": "USD", "version": 1} | facts
    page = post(client, at("question", form.pk, key), **data)
    assert page.status_code == 422
    assert sentence in page.text
    assert now(form).version == 1


def test_a_colleague_saved_meanwhile_and_nothing_is_lost(client, officer, form):
    bruno = make_person("Bruno Demo", Role.MANAGER)
    theirs = form.form.by_key["people"].__class__("people", "number", {"en": "Theirs"})
    services.change_question(form.pk, question=theirs, version=1, by=bruno)
    page = post(client, at("question", form.pk, "people"), label_en="Mine", version=1)
    assert page.status_code == 409
    for part in ("Bruno Demo changed this form meanwhile", "What stands there now", "Theirs", "Mine"):
        assert part in page.text
    assert page.context["form"]["version"].value() == 2
    assert "Saved." in post(client, at("question", form.pk, "people"), label_en="Mine", version=2).text
    assert post(client, at("question_move", form.pk, "people"), direction="up", version=1).status_code == 409
    assert post(client, at("question_move", form.pk, "people"), direction="up").status_code == 409


def test_a_question_is_moved_and_removed(client, officer, form):
    post(client, at("question_move", form.pk, "amount"), direction="down", version=1)
    assert [one.key for one in now(form).form.sections[1].questions][:2] == ["budget", "amount"]
    assert post(client, at("question_move", form.pk, "amount"), direction="sideways", version=2).status_code == 422
    assert "Keep it" in client.get(at("question_remove", form.pk, "amount")).text
    page = post(client, at("question_remove", form.pk, "amount"), version=2)
    assert "The budget has nothing to add up to" in page.text


def test_what_is_not_there_is_not_found(client, officer, form):
    urls = [at("section", form.pk, "gone"), at("question", form.pk, "gone"), at("version", form.pk, 9)]
    urls += [f"{at('question_add', form.pk, 'you')}?kind=riddle", at("question_add", form.pk, "gone")]
    assert {client.get(url).status_code for url in urls} == {404}


def test_the_preview_shows_every_question_in_the_language_of_the_page(client, officer, form):
    page = client.get(at("preview", form.pk)).text
    assert all(question.label in page.replace("&#x27;", "'") for question in form.form.questions)
    french = client.get(at("preview", form.pk).replace("/en/", "/fr/", 1)).text
    assert "Combien demandez-vous" in french


def test_a_published_version_can_be_read(client, officer, form):
    make_form_version(form)
    assert at("version", form.pk, 1) in client.get(at("form", form.pk)).text
    assert "An amount in USD" in client.get(at("version", form.pk, 1)).text
