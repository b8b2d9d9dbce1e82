"""NIST SP 1500-103, cast vote records, version 1.0, as JSON: written only.

A record a ballot, in the order of what they say, so that it tells nothing of who voted when.
Ranks stand with each selection, grades as its number of votes. What the schema requires is here,
and nothing about devices and districts that the platform does not have.
"""

import json
from typing import Any

from forum.base import clock
from voting.formats.election import Election, Unreadable
from voting.formats.format import Format, Part
from voting.methods.common import marks
from voting.methods.method import Form

_VARIATIONS = {
    Form.CHOICE: "plurality",
    Form.PICKS: "approval",
    Form.GRADES: "range",
    Form.RANKS: "rcv",
}


class CastVoteRecords(Format):
    """The report of one contest."""

    name = "cvr"
    label = "NIST CVR"
    endings = (".cvr.json",)
    forms = frozenset(Form)
    carries = frozenset({Part.TITLE, Part.SEATS, Part.EQUAL})
    reads = False

    def sniff(self, text: str) -> bool:
        """Nothing is read."""
        return False

    def read(self, text: str) -> Election:
        """Nothing is read."""
        raise Unreadable("cast vote records are only written")

    def write(self, election: Election) -> str:
        """Its date is that of the writing."""
        self.needs(election)
        name = election.title or "Ballots"
        options = election.options
        contest = {
            "@id": "contest",
            "@type": "CVR.CandidateContest",
            "Name": name,
            "NumberElected": election.seats or 1,
            "VotesAllowed": 1 if election.form is Form.CHOICE else len(options),
            "VoteVariation": _VARIATIONS[election.form],
            "ContestSelection": [
                {
                    "@id": f"selection-{one.id}",
                    "@type": "CVR.CandidateSelection",
                    "CandidateIds": [f"candidate-{one.id}"],
                }
                for one in options
            ],
        }
        candidates = [
            {"@id": f"candidate-{one.id}", "@type": "CVR.Candidate", "Name": one.name}
            for one in options
        ]
        report = {
            "@type": "CVR.CastVoteRecordReport",
            "Version": "1.0.0",
            "GeneratedDate": clock.now().isoformat(timespec="seconds").replace("+00:00", "Z"),
            "ReportGeneratingDeviceIds": ["platform"],
            "ReportingDevice": [
                {"@id": "platform", "@type": "CVR.ReportingDevice", "Application": "Folkmoot"}
            ],
            "GpUnit": [{"@id": "scope", "@type": "CVR.GpUnit", "Type": "other", "Name": name}],
            "Election": [
                {
                    "@id": "election",
                    "@type": "CVR.Election",
                    "ElectionScopeId": "scope",
                    "Name": name,
                    "Candidate": candidates,
                    "Contest": [contest],
                }
            ],
            "CVR": [
                _record(at, selections)
                for at, selections in enumerate(
                    (
                        selections
                        for mark, votes in sorted(election.counts.items())
                        for selections in [_selections(election.form, mark)] * votes
                    ),
                    1,
                )
            ],
        }
        return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def _record(at: int, selections: list[dict[str, Any]]) -> dict[str, Any]:
    contest: dict[str, Any] = {"@type": "CVR.CVRContest", "ContestId": "contest"}
    contest |= {"CVRContestSelection": selections} if selections else {"Status": ["not-indicated"]}
    snapshot = {
        "@id": f"snapshot-{at}",
        "@type": "CVR.CVRSnapshot",
        "Type": "original",
        "CVRContest": [contest],
    }
    return {
        "@type": "CVR.CVR",
        "ElectionId": "election",
        "CurrentSnapshotId": f"snapshot-{at}",
        "CVRSnapshot": [snapshot],
    }


def _selections(form: Form, mark: str) -> list[dict[str, Any]]:
    if form is Form.GRADES:
        return [_selection(ident, grade, None) for ident, grade in marks.grades(mark).items()]
    if form is Form.RANKS:
        tiers = enumerate(marks.ranks(mark), 1)
        return [_selection(ident, 1, rank) for rank, tier in tiers for ident in tier]
    return [_selection(ident, 1, None) for ident in marks.picks(mark)]


def _selection(ident: str, votes: int, rank: int | None) -> dict[str, Any]:
    ranked = {} if rank is None else {"Rank": rank}
    position = {
        "@type": "CVR.SelectionPosition",
        "HasIndication": "yes",
        "NumberVotes": votes,
        **ranked,
    }
    return {
        "@type": "CVR.CVRContestSelection",
        "ContestSelectionId": f"selection-{ident}",
        **ranked,
        "SelectionPosition": [position],
    }


FORMAT = CastVoteRecords()
