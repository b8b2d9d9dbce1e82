"""The verbs of this room, under one name."""

from forum.consultations.service.briefing import remove_briefing as remove_briefing
from forum.consultations.service.briefing import write_briefing as write_briefing
from forum.consultations.service.people import appoint as appoint
from forum.consultations.service.people import dismiss as dismiss
from forum.consultations.service.people import enlist as enlist
from forum.consultations.service.people import strike as strike
from forum.consultations.service.stages import move_stage as move_stage
from forum.consultations.service.stages import plan as plan
from forum.consultations.service.terms import Draft as Draft
from forum.consultations.service.terms import create as create
from forum.consultations.service.terms import edit as edit
