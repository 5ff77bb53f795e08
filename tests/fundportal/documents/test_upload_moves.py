"""Each move of a file on its way in, from each state: made where it may be, refused with a sentence elsewhere."""

from datetime import timedelta

import pytest

from fundportal import clock
from fundportal.documents.models import Upload
from fundportal.documents.states import UploadState
from fundportal.lifecycle import move, why_not
from fundportal.refusals import Refusal

R, S, C, N, E = UploadState.RECEIVED, UploadState.SCANNING, UploadState.CLEAN, UploadState.REJECTED, UploadState.ERROR
MOVES = {"start_check": {R: S, E: S}, "accept": {S: C}, "reject": {S: N}, "fail": {S: E}}
FACTS = {"reject": {"reason": "It has a password. Save it without one."}}


@pytest.mark.parametrize("state", UploadState)
@pytest.mark.parametrize("name", MOVES)
def test_a_move_is_made_from_its_states_only(name, state):
    upload = Upload(state=state, attempts=1, due_at=clock.now())
    if state in MOVES[name]:
        move(upload, name, **FACTS.get(name, {}))
        assert upload.state == MOVES[name][state]
    else:
        with pytest.raises(Refusal) as refused:
            move(upload, name, **FACTS.get(name, {}))
        assert refused.value.status == 409
        assert upload.state == state


def test_a_check_waits_for_its_pause_and_ends_with_its_last_try():
    upload = Upload(state=E, attempts=1, due_at=clock.now() + timedelta(minutes=1))
    assert why_not(upload, "start_check") == ["This file will be checked again in a moment."]
    spent = Upload(state=E, attempts=Upload.MOST_ATTEMPTS)
    assert why_not(spent, "start_check") == ["This file was checked as often as it may be. Add it again."]


def test_the_pauses_double():
    pauses = []
    for attempts in (1, 2, 3):
        upload = Upload(state=S, attempts=attempts)
        with clock.at(clock.now()):
            move(upload, "fail")
            pauses.append(upload.due_at - clock.now())
    assert pauses == [timedelta(minutes=minutes) for minutes in (1, 2, 4)]
