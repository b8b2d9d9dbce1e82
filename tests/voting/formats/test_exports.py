"""What is only written: cast vote records of NIST SP 1500-103, and Popolo."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from forum.base import clock
from voting.formats.cvr import FORMAT as CVR
from voting.formats.election import Election, Unreadable, identified
from voting.formats.format import Format
from voting.formats.popolo import FORMAT as POPOLO
from voting.formats.popolo import About, Vote
from voting.methods.method import Form

OPTIONS = identified(["For", "反对", "Lilac"])
# What version 1.0 of the schema requires of each class, and all that it allows beside.
CLASSES = {
    "CastVoteRecordReport": (
        "Election GeneratedDate GpUnit ReportGeneratingDeviceIds ReportingDevice Version",
        "CVR Notes OtherReportType Party ReportType",
    ),
    "ReportingDevice": ("@id", "Application Code Manufacturer Model Notes SerialNumber"),
    "GpUnit": ("@id Type", "Code Name OtherType ReportingDeviceIds"),
    "Election": ("@id Contest ElectionScopeId", "Candidate Code Name"),
    "Candidate": ("@id", "Code Name PartyId"),
    "CandidateContest": (
        "@id ContestSelection",
        "Abbreviation Code Name NumberElected OtherVoteVariation VoteVariation VotesAllowed",
    ),
    "CandidateSelection": ("@id", "CandidateIds Code IsWriteIn"),
    "CVR": ("CVRSnapshot CurrentSnapshotId ElectionId", "UniqueId"),
    "CVRSnapshot": ("@id Type", "Annotation CVRContest OtherStatus Status"),
    "CVRContest": (
        "ContestId",
        "CVRContestSelection OtherStatus Overvotes Selections Status Undervotes WriteIns",
    ),
    "CVRContestSelection": (
        "SelectionPosition",
        "ContestSelectionId OptionPosition OtherStatus Rank Status TotalNumberVotes",
    ),
    "SelectionPosition": (
        "HasIndication NumberVotes",
        "Code IsAllocable IsGenerated OtherStatus Position Rank Status",
    ),
}


def conforms(value: Any) -> None:
    """Every object is of a class and has what the class requires, and nothing else."""
    if isinstance(value, list):
        assert value, "the schema wants at least one"
        for one in value:
            conforms(one)
    elif isinstance(value, dict):
        kind = value["@type"].removeprefix("CVR.")
        required, allowed = (set(text.split()) for text in CLASSES[kind])
        assert required <= value.keys()
        assert value.keys() <= required | allowed | {"@type"}
        for one in value.values():
            conforms(one)


def report_of(form: Form, counts: dict[str, int], **more: Any) -> dict[str, Any]:
    with clock.at(datetime(2026, 3, 5, 11, tzinfo=UTC)):
        found: dict[str, Any] = json.loads(CVR.write(Election(OPTIONS, form, counts, **more)))
    return found


@pytest.mark.parametrize(
    ("form", "counts", "variation"),
    [
        (Form.CHOICE, {"o1": 2, "": 1}, "plurality"),
        (Form.PICKS, {"o1,o2": 2, "": 1}, "approval"),
        (Form.GRADES, {"o1:3,o2:0": 2, "": 1}, "range"),
        (Form.RANKS, {"o3>o1=o2": 2, "": 1}, "rcv"),
    ],
)
def test_cast_vote_records(form: Form, counts: dict[str, int], variation: str) -> None:
    found = report_of(form, counts, title="楼道", seats=2)
    conforms(found)
    assert found["GeneratedDate"] == "2026-03-05T11:00:00Z"
    election = found["Election"][0]
    assert [one["Name"] for one in election["Candidate"]] == ["For", "反对", "Lilac"]
    contest = election["Contest"][0]
    assert (contest["VoteVariation"], contest["NumberElected"]) == (variation, 2)
    assert len(found["CVR"]) == 3
    snapshots = [one["CVRSnapshot"][0] for one in found["CVR"]]
    assert [one["@id"] for one in snapshots] == [one["CurrentSnapshotId"] for one in found["CVR"]]
    assert len({one["@id"] for one in snapshots}) == 3
    blank, *full = [one["CVRContest"][0] for one in snapshots]
    assert blank["Status"] == ["not-indicated"]
    assert full[0] == full[1]


def test_ranks_and_grades_stand_in_the_record() -> None:
    ranked = report_of(Form.RANKS, {"o3>o1=o2": 1})["CVR"][0]["CVRSnapshot"][0]
    said = ranked["CVRContest"][0]["CVRContestSelection"]
    assert [(one["ContestSelectionId"], one["Rank"]) for one in said] == [
        ("selection-o3", 1),
        ("selection-o1", 2),
        ("selection-o2", 2),
    ]
    graded = report_of(Form.GRADES, {"o1:3,o2:0": 1})["CVR"][0]["CVRSnapshot"][0]
    said = graded["CVRContest"][0]["CVRContestSelection"]
    assert [one["SelectionPosition"][0]["NumberVotes"] for one in said] == [3, 0]


def test_popolo_of_a_secret_vote_has_counts_alone() -> None:
    election = Election(OPTIONS[:2], Form.CHOICE, {"o1": 5, "o2": 3, "": 1}, title="A lift?")
    motion = json.loads(POPOLO.write(election))
    assert motion["text"] == "A lift?"
    (event,) = motion["vote_events"]
    assert event["motion_id"] == motion["id"]
    assert event["counts"] == [
        {"option": "yes", "value": 5},
        {"option": "no", "value": 3},
        {"option": "blank", "value": 1},
    ]
    assert event["votes"] == []


def test_popolo_of_an_open_vote_says_who() -> None:
    election = Election(OPTIONS, Form.CHOICE, {"o1": 1, "o3": 1})
    about = About(id="7", result="pass", requirement="more than half")
    motion = POPOLO.motion(election, [Vote("p1", "o1"), Vote("p2", "o3", 2)], about)
    (event,) = motion["vote_events"]
    assert (motion["id"], motion["result"], event["result"]) == ("motion-7", "pass", "pass")
    said = [(vote["voter_id"], vote["option"], vote["weight"]) for vote in event["votes"]]
    assert said == [("p1", "yes", 1), ("p2", "Lilac", 2)]
    assert [count["value"] for count in event["counts"]] == [1, 0, 1]


@pytest.mark.parametrize("one", [CVR, POPOLO], ids=lambda one: one.name)
def test_they_are_not_read(one: Format) -> None:
    assert not one.sniff("{}")
    with pytest.raises(Unreadable):
        one.read("{}")
