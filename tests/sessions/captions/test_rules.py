"""WebVTT and the place of a line, for whatever comes."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sessions.captions import webvtt
from sessions.captions.rules import Place, Stretch, place
from sessions.captions.webvtt import Written

START = datetime(2026, 3, 5, 11, tzinfo=UTC)
WORDS = st.text("ab <>&;-\t中→\u2028", min_size=1, max_size=20).filter(str.strip)


@given(st.lists(st.tuples(st.integers(0, 10**8), st.integers(1, 10**5), WORDS, WORDS), max_size=6))
def test_what_is_written_can_be_read(cues: list[tuple[int, int, str, str]]) -> None:
    ordered = sorted(cues, key=lambda cue: cue[0])
    text = webvtt.write(
        ["A note --> with\n\nblanks"],
        [Written(start, start + long, voice, words) for start, long, voice, words in ordered],
    )
    parsed = webvtt.parse(text)
    assert parsed.problems == []
    assert [(cue.start, cue.end) for cue in parsed.cues] == [
        (start, start + long) for start, long, _voice, _words in ordered
    ]
    for cue, (_start, _long, _voice, words) in zip(parsed.cues, ordered, strict=True):
        assert cue.words == " ".join(words.replace("-->", "→").split())


@given(st.text(max_size=400))
def test_nothing_that_comes_in_breaks_the_reader(text: str) -> None:
    parsed = webvtt.parse(f"WEBVTT\n\n{text}")
    rows = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 3
    assert all(0 < problem.line <= rows for problem in parsed.problems)
    assert all(cue.start < cue.end and cue.words for cue in parsed.cues)


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


def test_a_line_belongs_to_its_speaker_s_speech_and_the_open_item() -> None:
    speeches = [Stretch(1, at(1), at(3), 7), Stretch(2, at(3), None, 8)]
    items = [Stretch(5, at(0), at(4)), Stretch(6, at(4), None)]
    assert place(at(0), 7, speeches, items) == Place(None, 5)
    assert place(at(1), 7, speeches, items) == Place(1, 5)
    assert place(at(2), 8, speeches, items) == Place(None, 5)
    assert place(at(3), 8, speeches, items) == Place(2, 5)
    assert place(at(9), None, speeches, items, named=False) == Place(2, 6)
