"""Council minutes are read without a database; of the real ones every roll call agrees."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from records import council

from forum.base.errors import Refusal
from forum.exchange.tables import Warnings
from sessions.exchange import council_names as names
from sessions.exchange.council_plan import plan
from sessions.exchange.council_read import read
from sessions.exchange.council_times import Kind, told
from sessions.exchange.council_votes import stated
from sessions.exchange.script import Break, Leave, Remark, Script
from voting.methods.common.result import Frame
from voting.methods.majority import METHOD

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "minutes-london-on-council"
KNOWN = {
    "2025-04-01 6th Council Meeting": (82, 127, 71, 115, 6),
    "2025-03-17 5th Meeting of the Community and Protective Services Committee":
        (20, 32, 18, 29, 1),
    "2025-04-08 The 6th Meeting of the Planning and Environment Committee":
        (18, 34, 33, 32, 2),
    "2025-02-25 3rd Meeting of the Strategic Priorities and Policy Committee":
        (16, 16, 10, 13, 0),
}  # fmt: skip
KEYS = ("items", "motions", "named_votes", "passed", "failed")


def script_of(found: Any) -> tuple[Script, list[str]]:
    warnings = Warnings()
    made = plan(read(json.dumps(found).encode(), warnings), "America/Toronto", warnings)
    return made, warnings.all()


@pytest.mark.parametrize("name", KNOWN)
def test_real_minutes(name: str) -> None:
    path = DATA / f"{name}.json"
    if not path.is_file():
        pytest.skip(f"{name} is not there")
    script, _warnings = script_of(json.loads(path.read_text("utf-8")))
    assert tuple(script.counts[key] for key in KEYS) == KNOWN[name]
    for ballot in script.ballots:
        last = {voice.person: voice.choice for voice in ballot.voices}
        rule = METHOD.rule(ballot.rule)
        result = METHOD.tally(Counter(last.values()), rule, Frame(eligible=len(last)))
        said = (result.carried, result.figures["yes"], result.figures["no"])
        assert said == ballot.stated, ballot.where


def test_a_whole_evening() -> None:
    script, warnings = script_of(council())
    assert script.counts == {
        "items": 5, "motions": 7, "named_votes": 4, "agreeing": 0, "passed": 4, "failed": 1,
    }  # fmt: skip
    assert [human.name for human in script.people if human.votes] == [
        "A. Alder", "B. Birch", "C. Cedar", "D. Van Dam", "E. Elm"
    ]  # fmt: skip
    assert [human.name for human in script.people if human.online] == ["C. Cedar", "R. Remote"]
    assert [(item.title, item.parent) for item in script.items] == [
        ("Opening", None), ("Reports", None), ("Frogs", 1), ("The pond", 1), ("Garden", None)
    ]  # fmt: skip
    (gone,) = [step for step in script.steps if isinstance(step, Leave)]
    assert (gone.person, gone.at.strftime("%H:%M")) == (3, "19:05")
    (recess,) = [step for step in script.steps if isinstance(step, Break)]
    assert recess.until.strftime("%H:%M") == "19:20"
    assert (script.began_at.hour, script.ended_at.minute) == (18, 15)
    assert any("Fern: B. Birch" in s.text for s in script.steps if isinstance(s, Remark))
    assert [warning.split(":")[0] for warning in warnings] == ["item 2", "item 3"]


def test_forms_of_a_name() -> None:
    forms = ["A. Hopkins", "Councillor A. Hopkins", "Anna Hopkins", "His Worship Mayor A. Hopkins"]
    assert len({names.key(form) for form in forms}) == 1
    assert names.key("P. Van Meerbergen") == ("p", "van meerbergen")
    assert names.by("Motion made by S. Lewis") == names.by("Moved by S. Lewis") == "S. Lewis"
    assert names.key("S. Lewis") != names.key("S. Lehman")


@pytest.mark.parametrize(
    ("result", "found"),
    [
        ("Motion Passed (8 to 7)", (True, 8, 7)),
        ("Motion Failed (2 to 2)", (False, 2, 2)),
        ("(14 to 0)", (True, 14, 0)),
        ("Motion Passed", (True, None, None)),
        ("Not carried", (False, None, None)),
        ("", None),
        ("Majority Winner: No majority", None),
    ],
)
def test_results(result: str, found: tuple[bool, int | None, int | None] | None) -> None:
    assert stated(result) == found


def test_times_are_read() -> None:
    found = told(("At 4:59 PM, Councillor S. Hillier leaves the meeting.",
                  "At 4:57 p.m., Councillors A. B and C. D enter the meeting.",
                  "The Council recesses at 11:50 AM and reconvenes at 12:05 PM."))  # fmt: skip
    assert [(one.kind, one.at.strftime("%H:%M")) for one in found] == [
        (Kind.RECESS, "11:50"), (Kind.COMES, "16:57"), (Kind.MOMENT, "16:57"),
        (Kind.GOES, "16:59"), (Kind.MOMENT, "16:59"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"[]", b"null", b"\xff\xfe\x00", b'{"items": {}}', b'{"items": 3, "title": "a"}',
        b'{"title": "a", "items": {}, "datetime": "2025-01-01 00:00:00"}',
        b'{"title": "a", "items": [{"title": "b"}], "datetime": "soon"}',
        b"[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_council_file_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal):
        read(data, Warnings())


def test_wrong_shapes_are_warnings() -> None:
    found = council()
    found["present"] = "A. Alder"
    found["items"]["1"]["content"] = [7.5, None, {"__class__": "Motion", "vote": {"rows": [3]}}]
    found["items"]["4"] = "no item"
    del found["items"]["2"]["items"]["1"]["title"]
    script, warnings = script_of(found)
    assert len(script.items) == 5
    assert {warning.split(":")[0] for warning in warnings} >= {"present", "item 1", "item 4"}
