"""A line per file with its state in words, and the box where another is added."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from fundportal.documents.models import Upload
from fundportal.documents.states import UploadState
from tests.fundportal.templatetags.render import shown


def upload(state: str, **facts: object) -> Upload:
    return Upload(name="plan.pdf", size=840_000, state=state, **facts)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (UploadState.RECEIVED, "Being checked"),
        (UploadState.SCANNING, "Being checked"),
        (UploadState.CLEAN, "Ready"),
        (UploadState.REJECTED, "Refused"),
        (UploadState.ERROR, "Not checked yet"),
    ],
)
def test_a_line_says_in_a_word_how_a_file_stands(state, words):
    assert words in shown("{% file_line upload %}", upload=upload(state, reason="Save it as PDF."))


def test_a_refused_file_says_why_and_what_to_do():
    line = shown(
        "{% file_line upload %}", upload=upload(UploadState.REJECTED, reason="It has a password. Save it anew.")
    )
    assert '<p class="file__why">It has a password. Save it anew.</p>' in line


def test_a_check_given_up_asks_for_the_file_again():
    line = shown("{% file_line upload %}", upload=upload(UploadState.ERROR, attempts=Upload.MOST_ATTEMPTS))
    assert "badge--stop" in line
    assert "add it again" in line


@pytest.mark.parametrize("state", UploadState.values)
def test_only_a_clean_file_can_be_fetched(state):
    line = shown("{% file_line upload url='/fetch/' %}", upload=upload(state, reason="No."))
    assert ('href="/fetch/"' in line) is (state == UploadState.CLEAN)


def test_a_name_is_text_in_its_own_direction():
    line = shown("{% file_line upload %}", upload=Upload(name="<b>خطة.pdf", size=1, state=UploadState.CLEAN))
    assert "<bdi>&lt;b&gt;خطة.pdf</bdi>" in line


class FileForm(forms.Form):
    letter = forms.FileField(label="Letter", help_text="Signed.", error_messages={"required": "Add the letter."})


def field(form: forms.Form, tag: str = "{% file_field field uploads %}", **facts: object) -> str:
    return shown(tag, field=form["letter"], **({"uploads": []} | facts))


def test_the_box_is_a_plain_file_input_under_its_label():
    page = field(FileForm())
    assert '<label for="id_letter"><b>Add a file</b></label>' in page
    assert '<input type="file" id="id_letter" name="letter-new" multiple accept=".pdf,.docx,' in page
    assert 'aria-describedby="id_letter-help id_letter-kinds"' in page


def test_a_mistake_is_said_at_the_field():
    form = FileForm({}, {"other": SimpleUploadedFile("a.pdf", b"a")})
    assert "Add the letter." in field(form)
    assert 'aria-invalid="true"' in field(form)


def test_each_file_keeps_its_token_and_can_be_removed_without_a_script():
    one = upload(UploadState.CLEAN)
    page = field(FileForm(), uploads=[one])
    assert f'<input type="hidden" name="letter" value="{one.token}">' in page
    assert f'name="letter-drop" value="{one.token}"' in page


def test_a_field_of_one_file_takes_another_in_its_place():
    page = field(
        FileForm(), "{% file_field field uploads most=1 accept=accept %}", uploads=[upload("clean")], accept=["pdf"]
    )
    assert "Put another file in its place" in page
    assert " multiple" not in page
    assert 'accept=".pdf"' in page


def test_a_clean_file_can_be_fetched_from_its_field_where_the_page_says_so():
    one = upload(UploadState.CLEAN)
    one.url = "/fetch/"
    assert '<a href="/fetch/"><bdi>plan.pdf</bdi></a>' in field(FileForm(), uploads=[one])
