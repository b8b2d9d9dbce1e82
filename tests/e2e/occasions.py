"""The neighbourhood, and what happens at its meetings: the pages that show both."""

from collections import defaultdict
from collections.abc import Callable

from arriving import arriving
from captioning import captioning
from cast import Cast
from checking import checking
from delegating import delegating
from dutying import dutying
from e2e import neighbourhood
from e2e.neighbourhood import Pages
from enduring import enduring
from flooring import flooring
from moving import moving
from papering import papering
from preparing import preparing
from receiving import receiving
from resuming import resuming
from staging import staging
from workshopping import workshopping

# Each lets something happen after the neighbourhood has settled, and names the pages that show it.
OCCASIONS: tuple[Callable[[Cast], Pages], ...] = (
    arriving,
    captioning,
    checking,
    delegating,
    dutying,
    enduring,
    flooring,
    moving,
    papering,
    preparing,
    workshopping,
    receiving,
    resuming,
    staging,
)


def settle(cast: Cast) -> Pages:
    """Let all of it happen; returns the pages."""
    pages: dict[str | None, list[str]] = defaultdict(list)
    for happen in (neighbourhood.settle, *OCCASIONS):
        for who, paths in happen(cast).items():
            pages[who] += paths
    return dict(pages)
