"""The rules of Nantang (南塘十三条), after Robert: short turns, both sides, new voices first.

Promise: whoever has not spoken yet is reached even if newcomers never cease, on their own side
after those who asked earlier; and no one speaks a third time while two speeches are the limit.
"""

from forum.base.i18n import N_
from sessions.floor.order import SIDES, SPOKEN, Rule

RULE = Rule(
    title=N_("Nantang rules"),
    about=N_(
        "Two minutes a speech, two speeches on a motion. Who has not spoken goes first, for and"
        " against take turns, one list for all venues. A speaker says first where they stand."
    ),
    seconds=120,
    times=2,
    criteria=(SPOKEN, SIDES),
    sides=True,
    motion_times=2,
)
