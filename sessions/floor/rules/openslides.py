"""Speeches for, against or neither; questions to the speaker and interventions go before them.

Promise: nobody on the list is overtaken by a speech that was asked for later. Only what is said to
a speech goes before it: points of order, a question that the speaker takes, an intervention.
"""

from forum.base.i18n import N_
from sessions.floor.models import Lane
from sessions.floor.order import Rule

RULE = Rule(
    title=N_("Speeches, questions, interventions"),
    about=N_(
        "In the order of asking, for, against or neither. A question to the speaker is put if the"
        " speaker takes it; an intervention goes before the list. Three minutes a speech, one"
        " minute a question or intervention. An appeal needs a seconder."
    ),
    seconds=180,
    times=None,
    criteria=(),
    sides=True,
    neither=True,
    kinds=(Lane.QUESTION, Lane.INTERVENTION),
    seconded=True,
)
