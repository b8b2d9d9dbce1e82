"""IRC logs are read without a database: who is who, what is a vote, what becomes of proposals."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import IRC

from forum.base.errors import Refusal
from forum.exchange.tables import Warnings
from sessions.exchange import irc_votes
from sessions.exchange import irc_words as words
from sessions.exchange.irc_lines import MOST, day_in, lines_of
from sessions.exchange.irc_names import People
from sessions.exchange.irc_plan import plan
from sessions.exchange.script import Ask, Assign, Give, Resolve, Say, Script, Unask

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "live-w3c-irc"
# What the official minutes of these meetings list; `present` is explained in decision 0064.
KNOWN = {
    "ccg-2021-06-15-vchttpapi": (25, 5, 8, 1, 0),
    "ccg-2021-07-13-vchttpapi": (20, 4, 9, 5, 0),
    "ccg-2022-02-15-vcapi": (15, 5, 0, 0, 4),
    "jsonld-2013-10-15": (9, 6, 8, 7, 3),
}


def read(text: str) -> tuple[Script, list[str]]:
    warnings = Warnings()
    made = plan(lines_of(text, day_in(["2024-05-07"]), warnings), "A log", warnings)
    return made, warnings.all()


def said(*lines: str) -> str:
    """A log of these messages, `nick text`, a second apart."""
    parts = [line.partition(" ") for line in lines]
    return "\n".join(f"[15:00:{n:02}] <{nick}> {text}" for n, (nick, _s, text) in enumerate(parts))


@pytest.mark.parametrize("folder", KNOWN)
def test_counts_are_those_of_the_official_minutes(folder: str) -> None:
    path = DATA / folder / "irc.log"
    if not path.is_file():
        pytest.skip(f"{folder} is not there")
    warnings = Warnings()
    lines = lines_of(path.read_text("utf-8"), day_in([folder]), warnings)
    keys = ("present", "topics", "polls", "resolutions", "actions")
    assert plan(lines, folder, warnings).counts == dict(zip(keys, KNOWN[folder], strict=True))


def test_the_whole_meeting() -> None:
    script, warnings = read(IRC)
    assert script.title == "Garden group"
    assert script.counts == {
        "present": 4, "topics": 2, "polls": 3, "resolutions": 3, "actions": 2
    }  # fmt: skip
    assert [human.name for human in script.people] == ["Ann Berg", "cruz", "Dev Rao", "Eve"]
    large, small, fence = script.ballots
    assert large.void
    assert {v.person: v.choice for v in small.voices} == {
        0: "consent", 1: "consent", 2: "consent", 3: "stand_aside"
    }  # fmt: skip
    assert [v.reason for v in fence.voices if v.choice == "block"] == ["children may fall in"]
    rests = [step.ballot for step in script.steps if isinstance(step, Resolve)]
    assert rests == [1, 2, None]
    tasks = [step for step in script.steps if isinstance(step, Assign)]
    assert [(task.person, task.unit) for task in tasks] == [(2, ""), (None, "somebody")]
    lines = sorted(int(warning.split()[1].strip(":")) for warning in warnings)
    # Eve votes before she was there, nobody is named, resolved over an objection, on no vote.
    assert lines == [24, 29, 34, 35]


def test_words_have_their_speaker() -> None:
    script, _warnings = read(IRC)
    words_said = [(step.person, step.text) for step in script.steps if isinstance(step, Say)]
    assert (0, "we begin with the pond") in words_said
    assert (1, "Are there frogs?") in words_said
    assert (1, "+1 to frogs") in words_said
    assert (1, "+1 Dev") in words_said


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("+1", 1), ("-1", -1), ("+.5", Fraction(1, 2)), ("-0.2 not yet", Fraction(-1, 5)),
        ("+0", 0), ("0", 0), ("-0", 0), ("\u22121", -1), ("+1, it is good", 1), ("abstain", 0),
    ],
)  # fmt: skip
def test_votes(text: str, value: Fraction) -> None:
    found = irc_votes.mark(text)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize("text", ["+1ing", "1", "5 minutes left", "+10", "0.5 metres", "", "+"])
def test_no_votes(text: str) -> None:
    assert irc_votes.mark(text) is None


@given(st.text(max_size=40))
def test_a_vote_lies_between_minus_one_and_one(text: str) -> None:
    found = irc_votes.mark(text)
    assert found is None or -1 <= found.value <= 1


def test_a_plus_one_is_a_vote_only_on_a_proposal() -> None:
    script, warnings = read(
        said("ann present+", "bo present+", "ann +1", "ann PROPOSAL: A", "bo +1 to b", "bo +1 ann",
             "bo +1", "bo +1, and let me say", "ann +/-", "ann RESOLVED: A", "ann -1")
    )  # fmt: skip
    (ballot,) = script.ballots
    assert [(voice.person, voice.choice) for voice in ballot.voices] == [(1, "consent")]
    assert [warning.split(":")[0] for warning in warnings] == ["line 8", "line 9"]


def test_who_is_who() -> None:
    people = People(
        ["Charles_E._Lehner_[cel]", "Adrian_Gropper", "agropper", "Ted_Z_//_Theodor_Zorn_(he)",
         "Brian", "Brian_Richter", "dmitri_z", "DmitriZ"],
        ["cel", "joe", "adrian"],
    )  # fmt: skip
    assert len(people.all) == 7
    assert people.find("Lehner") == people.find("cel") == 0
    assert people.find("Gropper") == people.find("agropper") == people.find("adrian") == 1
    assert people.find("Zorn") == 2
    assert (people.find("Brian"), people.find("Richter")) == (3, 4)
    assert people.find("dmitri", begun=True) == 5
    assert people.find("nobody") is None


def test_the_queue_is_kept_from_topic_to_topic() -> None:
    script, warnings = read(
        said("ann present+", "bo present+", "cy present+", "ann Topic: A", "bo q+", "cy q+",
             "cy q-", "ann Topic: B", "ann ack bo", "ann ack bo", "ann ack cy", "cy q- ")
    )  # fmt: skip
    asked = [(type(step), step.person) for step in script.steps
             if isinstance(step, Ask | Unask | Give)]  # fmt: skip
    assert asked == [(Ask, 1), (Ask, 2), (Unask, 2), (Ask, 1), (Give, 1)]
    assert [warning.split(":")[0] for warning in warnings] == ["line 11", "line 12"]


def test_what_is_put_right_is_put_right() -> None:
    script, warnings = read(
        said("al scribe: al", "al al: Farley speaks", "al s/Farley/Varley/", "al s/x9/y/")
    )
    assert [step.text for step in script.steps if isinstance(step, Say)] == ["Varley speaks"]
    assert len(warnings) == 1


def test_a_message_of_several_lines() -> None:
    text = said("a present+", "b or rather:") + "\n\nPROPOSAL: other words\n  indented"
    script, warnings = read(text)
    assert script.ballots == []
    assert any("line 4: proposal inside" in warning for warning in warnings)
    assert [s.text for s in script.steps if isinstance(s, Say)] == [
        "or rather:\n\nPROPOSAL: other words\n  indented"
    ]


def test_mistyped_commands_are_told() -> None:
    _script, warnings = read(said("a PROPSAL: b", "a ACTIONS: c", "a NOTE: d"))
    assert [warning.split(":")[0] for warning in warnings] == ["line 1", "line 2"]


def test_opposites_are_no_rewording() -> None:
    one = "The group will not separate the two until it is clear how much work it adds."
    assert not words.reworded(one, one.replace(" not", ""))
    assert words.reworded(one, one.replace("adds", "would add"))


def test_no_log_is_refused() -> None:
    for text in ("", "just words\nand more", "\x89PNG\r\n"):
        with pytest.raises(Refusal, match="no log"):
            read(text)
    with pytest.raises(Refusal, match="says the day"):
        lines_of("[10:00:00] <a> b", None, Warnings())
    with pytest.raises(Refusal, match=f"more than {MOST}"):
        lines_of("[10:00:00] <a> b\n" * (MOST + 1), day_in(["2020-01-01"]), Warnings())


def test_time_never_runs_backwards() -> None:
    text = "[10:00:05] <a> x\n[10:00:01] <a> y\n[10:00:01] <b> z\n* b smiles\n* c has joined #w"
    lines = lines_of(text, day_in(["2020-01-01"]), Warnings())
    assert [line.text for line in lines] == ["x", "y", "z", "smiles"]
    assert all(one.at < other.at for one, other in pairwise(lines))
