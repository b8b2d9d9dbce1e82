"""First come, first served.

Promise: nobody is ever overtaken by somebody who asked later.
"""

from forum.base.i18n import N_
from sessions.floor.order import Rule

RULE = Rule(
    title=N_("In the order of asking"),
    about=N_("Who asked first speaks first. Three minutes a speech."),
    seconds=180,
    times=None,
    criteria=(),
)
