"""All venues are heard in turn, and in each of them those who have spoken least.

Promise: whoever has not spoken yet is reached even if newcomers never cease, in their own venue
after those who asked earlier; of a crowd to which nobody comes anew, everybody is.
"""

from forum.base.i18n import N_
from sessions.floor.order import SPOKEN, TIME, VENUES, Rule

RULE = Rule(
    title=N_("Venues take turns"),
    about=N_(
        "The venues take turns. In each of them whoever has spoken least goes first."
        " Three minutes a speech."
    ),
    seconds=180,
    times=None,
    criteria=(VENUES, SPOKEN, TIME),
)
