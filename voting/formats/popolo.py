"""Popolo: a motion with its vote event, its counts and, of an open vote, who voted how.

Written only. Options that say for, against or abstention in the words of the platform are called
yes, no and abstain, as the specification has it. https://www.popoloproject.com/specs/vote-event.html
"""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from voting.formats.election import Election, Unreadable
from voting.formats.format import Format, Part
from voting.formats.turning import SAID
from voting.methods.common import marks
from voting.methods.method import Form

STANDARD = ("yes", "no", "abstain")


class Vote(NamedTuple):
    """What somebody said in an open vote; without an option it was blank."""

    voter_id: str
    option: str  # its id
    weight: int = 1


class About(NamedTuple):
    """What is known of a vote beside its ballots; dates are ISO 8601 with their offset."""

    id: str = "1"
    organization_id: str | None = None
    requirement: str | None = None
    result: str | None = None  # pass or fail
    start_date: str | None = None
    end_date: str | None = None


SECRET = About()


class Popolo(Format):
    """Votes for options: orders and grades have no place there."""

    name = "popolo"
    label = "Popolo"
    endings = (".popolo.json",)
    forms = frozenset({Form.CHOICE, Form.PICKS})
    carries = frozenset({Part.TITLE})
    reads = False

    def sniff(self, text: str) -> bool:
        """Nothing is read."""
        return False

    def read(self, text: str) -> Election:
        """Nothing is read."""
        raise Unreadable("Popolo is only written")

    def write(self, election: Election) -> str:
        """A secret vote: counts alone."""
        return json.dumps(self.motion(election), ensure_ascii=False, indent=1) + "\n"

    def motion(
        self, election: Election, votes: Iterable[Vote] = (), about: About = SECRET
    ) -> dict[str, Any]:
        """The motion with its vote event; blank ballots are counted as "blank"."""
        self.needs(election)
        called = {one.id: standard(one.name) for one in election.options} | {"": "blank"}
        counts = dict.fromkeys(called, 0)
        for mark, number in election.counts.items():
            for ident in marks.picks(mark) or ("",):
                counts[ident] += number
        event = {
            "id": f"vote-event-{about.id}",
            "motion_id": f"motion-{about.id}",
            "organization_id": about.organization_id,
            "start_date": about.start_date,
            "end_date": about.end_date,
            "result": about.result,
            "counts": [
                {"option": called[ident], "value": number}
                for ident, number in counts.items()
                if ident or number
            ],
            "votes": [
                {
                    "vote_event_id": f"vote-event-{about.id}",
                    "voter_id": vote.voter_id,
                    "option": called[vote.option],
                    "weight": vote.weight,
                }
                for vote in votes
            ],
        }
        return {
            "id": f"motion-{about.id}",
            "organization_id": about.organization_id,
            "text": election.title,
            "requirement": about.requirement,
            "result": about.result,
            "vote_events": [event],
        }


def standard(name: str) -> str:
    """An option's name, or Popolo's own word for it."""
    low = name.casefold()
    return next((word for word in STANDARD if low in SAID[word]), name)


FORMAT = Popolo()
