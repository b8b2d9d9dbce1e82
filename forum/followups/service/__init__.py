"""The verbs of a task, under one name."""

from forum.followups.service import dates as dates
from forum.followups.service.doing import accept as accept
from forum.followups.service.doing import answer as answer
from forum.followups.service.doing import ask_time as ask_time
from forum.followups.service.doing import give_back as give_back
from forum.followups.service.doing import progress as progress
from forum.followups.service.judging import close as close
from forum.followups.service.judging import rate as rate
from forum.followups.service.pressing import assign as assign
from forum.followups.service.pressing import extend as extend
from forum.followups.service.pressing import narrow as narrow
from forum.followups.service.pressing import reassign as reassign
from forum.followups.service.pressing import urge as urge
