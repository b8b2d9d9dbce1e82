"""What of a person lies in ballot boxes.

That somebody voted, and their vote in an open poll, stay in the record without the name. Secret
ballots are nobody's: who cast which is not known.
"""

from forum.base.registry import Fate, personal
from voting.boxes.models import (
    Ballot,
    Closing,
    NamedBallot,
    Participation,
    SealedBallot,
    SealedParticipation,
)

for took_part in (Participation, SealedParticipation):
    personal(took_part, owner="voter_id", columns={"channel": Fate.KEEP})
for box in (Ballot, SealedBallot):
    personal(box, owner=None, columns={"commitment": Fate.NOBODY, "canonical": Fate.NOBODY})
personal(NamedBallot, owner="voter_id", columns={"choice": Fate.KEEP, "reason": Fate.KEEP})
personal(Closing, owner=None, columns={"record": Fate.NOBODY, "signature": Fate.NOBODY})
