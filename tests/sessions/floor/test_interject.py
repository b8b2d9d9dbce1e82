"""Questions to the speaker and interventions: only where the rule has them, only if taken."""

import pytest
import sitting as hall
from cast import Cast
from sitting import Sitting

from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden
from forum.base.events import history
from sessions.floor import queries, service
from sessions.floor.models import Lane, SpeechState
from sessions.floor.order import Reason
from sessions.meetings import queries as meeting_queries
from sessions.meetings import service as meetings


def speaking(tx: Db, cast: Cast) -> tuple[Sitting, int]:
    """Bob speaks, under the rule that knows questions and interventions; shu waits."""
    sitting = hall.started(tx, cast)
    meetings.open_item(tx, cast.alice, sitting.meeting, sitting.item)
    service.set_limits(
        tx, cast.alice, sitting.meeting, rule="openslides", seconds=180, times=None, short=45
    )
    bob = service.request(tx, cast.bob, sitting.meeting)
    service.request(tx, cast.shu, sitting.meeting)
    service.recognise(tx, cast.alice, bob)
    return sitting, bob


def floor(tx: Db, sitting: Sitting) -> queries.Floor:
    return queries.floor(tx, meeting_queries.meeting_row(tx, sitting.meeting))


def test_a_question_interrupts_only_if_the_speaker_takes_it(cast: Cast, tx: Db) -> None:
    sitting, bob = speaking(tx, cast)
    asked = service.interject(tx, cast.rong, sitting.meeting, Lane.QUESTION)
    first = floor(tx, sitting).waiting[0]
    assert (first.speech.id, first.reason, first.speech.to_id) == (asked, Reason.QUESTION, bob)
    with pytest.raises(Conflict, match="not taken"):
        service.recognise(tx, cast.alice, asked)
    with pytest.raises(Forbidden):
        service.answer(tx, cast.rong, asked, accepted=True)
    service.answer(tx, cast.bob, asked, accepted=True)
    with pytest.raises(Conflict, match="answered already"):
        service.answer(tx, cast.bob, asked, accepted=False)
    service.recognise(tx, cast.alice, asked)
    held, question = (queries.speech_row(tx, ident) for ident in (bob, asked))
    assert held.state is SpeechState.PAUSED
    assert question.ends_at
    assert question.began_at
    assert (question.ends_at - question.began_at).seconds == 45
    service.finish(tx, cast.alice, asked)
    service.resume(tx, cast.alice, bob)
    assert queries.speech_row(tx, bob).state is SpeechState.SPEAKING


def test_a_question_is_declined_or_falls_with_the_speech(cast: Cast, tx: Db) -> None:
    sitting, bob = speaking(tx, cast)
    first = service.interject(tx, cast.rong, sitting.meeting, Lane.QUESTION)
    service.answer(tx, cast.alice, first, accepted=False)
    assert queries.speech_row(tx, first).state is SpeechState.WITHDRAWN
    told = history(tx, sitting.stream, kinds=["floor:question:answered"])[-1].payload
    assert (told["to"], told["accepted"]) == (bob, False)
    second = service.interject(tx, cast.rong, sitting.meeting, Lane.QUESTION)
    service.finish(tx, cast.alice, bob)
    assert queries.speech_row(tx, second).state is SpeechState.WITHDRAWN
    with pytest.raises(Conflict, match="Nobody is speaking"):
        service.interject(tx, cast.rong, sitting.meeting, Lane.QUESTION)


def test_a_point_of_order_interrupts_a_question_and_all_go_on_in_turn(cast: Cast, tx: Db) -> None:
    sitting, bob = speaking(tx, cast)
    question = service.interject(tx, cast.rong, sitting.meeting, Lane.QUESTION)
    service.answer(tx, cast.bob, question, accepted=True)
    service.recognise(tx, cast.alice, question)
    point = service.raise_order(tx, cast.shu, sitting.meeting, "Off the item.")
    service.recognise(tx, cast.alice, point)
    now = floor(tx, sitting)
    assert now.speaking is not None
    assert now.paused is not None
    assert (now.speaking.id, now.paused.id) == (point, question)
    service.finish(tx, cast.alice, point)
    with pytest.raises(Conflict, match="Somebody else"):
        service.resume(tx, cast.alice, bob)
    service.resume(tx, cast.alice, question)
    service.finish(tx, cast.alice, question)
    service.resume(tx, cast.alice, bob)


def test_an_intervention_goes_before_the_list(cast: Cast, tx: Db) -> None:
    sitting, bob = speaking(tx, cast)
    said = service.interject(
        tx, cast.clerk, sitting.meeting, Lane.INTERVENTION, member=cast.rong.id
    )
    with pytest.raises(Conflict, match="has the floor"):
        service.recognise(tx, cast.alice, said)
    with pytest.raises(Conflict, match="already"):
        service.interject(tx, cast.rong, sitting.meeting, Lane.INTERVENTION)
    service.finish(tx, cast.alice, bob)
    first = floor(tx, sitting).waiting[0]
    assert (first.speech.id, first.reason) == (said, Reason.INTERVENTION)
    service.recognise(tx, cast.alice, said)
    service.finish(tx, cast.alice, said)
    service.close_list(tx, cast.alice, sitting.meeting)
    with pytest.raises(Conflict, match="closed"):
        service.interject(tx, cast.bob, sitting.meeting, Lane.INTERVENTION)


def test_other_rules_have_no_such_thing(cast: Cast, tx: Db) -> None:
    sitting = hall.started(tx, cast)
    meetings.open_item(tx, cast.alice, sitting.meeting, sitting.item)
    with pytest.raises(Conflict, match="no such contribution"):
        service.interject(tx, cast.bob, sitting.meeting, Lane.INTERVENTION)
    with pytest.raises(Forbidden):
        service.interject(tx, cast.dana, sitting.meeting, Lane.INTERVENTION)
