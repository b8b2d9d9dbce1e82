"""What the tests of this floor begin with."""

from cast import Cast

from forum.arguments import service as arguments
from forum.arguments.models import Stance
from forum.base.db import transaction


def argument(cast: Cast, who: str = "bob", body: str = "You are all fools.") -> int:
    """An argument on the cast's item."""
    with transaction() as tx:
        return arguments.post(tx, cast[who], cast.item, body=body, stance=Stance.CON)
