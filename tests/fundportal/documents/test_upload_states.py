"""What the database and the machine say of a file on its way in."""

import pytest
from django.db import IntegrityError, transaction

from fundportal.documents.models import Upload
from fundportal.documents.states import UploadState
from tests.factories.people import make_person
from tests.factories.uploads import make_upload


@pytest.mark.parametrize("state", UploadState.values)
def test_a_file_may_stand_at_each_state(db, state):
    assert Upload.objects.get(pk=make_upload(state=state).pk).state == state


def test_a_clean_file_is_a_document(db):
    with pytest.raises(IntegrityError, match="an_upload_is_a_document_once_clean"), transaction.atomic():
        Upload.objects.filter(pk=make_upload().pk).update(document=None)


def test_a_refused_file_says_why(db):
    with pytest.raises(IntegrityError, match="a_refused_upload_says_why"), transaction.atomic():
        make_upload(state=UploadState.REJECTED, reason="")


def test_a_person_sees_what_they_added_and_nothing_else(db):
    nadia, omar = make_person("Nadia"), make_person("Omar")
    own = make_upload(nadia)
    make_upload(omar)
    assert list(Upload.objects.of(nadia)) == [own]
