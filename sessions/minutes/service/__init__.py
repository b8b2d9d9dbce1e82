"""The verbs of this room, under one name."""

from sessions.minutes.service.approving import amend as amend
from sessions.minutes.service.approving import sign as sign
from sessions.minutes.service.decisions import Draft as Draft
from sessions.minutes.service.decisions import Work as Work
from sessions.minutes.service.decisions import confirm as confirm
from sessions.minutes.service.decisions import decide as decide
from sessions.minutes.service.decisions import give_task as give_task
from sessions.minutes.service.decisions import withdraw as withdraw
from sessions.minutes.service.drafting import annotate as annotate
from sessions.minutes.service.drafting import answer as answer
from sessions.minutes.service.drafting import ask as ask
from sessions.minutes.service.drafting import circulate as circulate
from sessions.minutes.service.drafting import correct as correct
from sessions.minutes.service.outcomes import publish as publish
from sessions.minutes.service.outcomes import write as write
