import gettext

import pytest

from fundportal.translations import catalogues

PAGE = """
{% load i18n %}
  <p>{% translate "Give now" %}</p>
    {% blocktranslate trimmed count number=gifts %}
      {{ number }} gift
    {% plural %}
      {{ number }} gifts
    {% endblocktranslate %}
"""
CODE = """
from django.utils.translation import gettext_lazy as _, pgettext_lazy

NAME = _("Fund")
MONTH = pgettext_lazy("month", "May")
"""
FRENCH = {"Give now": "Donner", "Fund": "Fonds", "May": "mai", "%(number)s gift": ("%(number)s don", "%(number)s dons")}


@pytest.fixture
def project(tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(PAGE)
    (tmp_path / "fundportal").mkdir()
    (tmp_path / "fundportal" / "names.py").write_text(CODE)
    catalogues.update(tmp_path)
    return tmp_path


def translate(project, **other):
    path = catalogues.paths(project)[0]
    catalogue = catalogues.read(path)
    for message in catalogue:
        if message.id:
            message.string = {**FRENCH, **other}[catalogues.texts(message.id)[0]]
    with path.open("wb") as file:
        catalogues.write_po(file, catalogue)


def test_texts_of_code_and_templates_wait_for_their_translation(project):
    assert catalogues.faults(project) == [
        "locale/fr/LC_MESSAGES/django.po: not translated: '%(number)s gift'",
        "locale/fr/LC_MESSAGES/django.po: not translated: 'Fund'",
        "locale/fr/LC_MESSAGES/django.po: not translated: 'Give now'",
        "locale/fr/LC_MESSAGES/django.po: not translated: 'May'",
    ]


def test_a_complete_catalogue_has_no_faults_and_survives_an_update(project):
    translate(project)
    assert catalogues.faults(project) == []
    catalogues.update(project)
    assert catalogues.faults(project) == []


def test_a_stale_catalogue_is_found(project):
    translate(project)
    (project / "fundportal" / "names.py").write_text(CODE.replace("Fund", "Purse"))
    assert catalogues.faults(project) == [
        "locale/fr/LC_MESSAGES/django.po: no longer used: 'Fund'",
        "locale/fr/LC_MESSAGES/django.po: not in the catalogue: 'Purse'",
    ]
    catalogues.update(project)
    assert catalogues.faults(project) == ["locale/fr/LC_MESSAGES/django.po: not translated: 'Purse'"]


def test_a_lost_or_invented_placeholder_is_found(project):
    translate(project, **{"%(number)s gift": ("%(nombre)s don", "%(number)s dons")})
    assert [fault.split(": ")[1] for fault in catalogues.faults(project)] == [
        "other placeholders than '%(number)s gift'"
    ]


def test_what_is_compiled_can_be_looked_up_without_gettext_tools(project):
    translate(project)
    assert catalogues.compile_all(project) == ["locale/fr/LC_MESSAGES/django.mo compiled"]
    assert catalogues.compile_all(project) == []
    french = gettext.translation("django", project / "locale", ["fr"])
    assert french.gettext("Give now") == "Donner"
    assert french.pgettext("month", "May") == "mai"
    assert french.ngettext("%(number)s gift", "%(number)s gifts", 0) == "%(number)s don"
    assert french.ngettext("%(number)s gift", "%(number)s gifts", 3) == "%(number)s dons"
