"""What of a person lies in votes given to others: who gave which to whom stays, without names."""

from forum.base.registry import Fate, personal
from voting.delegations.models import Delegation, Followed

personal(Delegation, owner="giver_id", columns={"place": Fate.KEEP, "ending": Fate.KEEP})
personal(Followed, owner="giver_id", columns={"fate": Fate.KEEP})
