"""The verbs of this room, under one name."""

from forum.agenda.service.items import Draft as Draft
from forum.agenda.service.items import advance as advance
from forum.agenda.service.items import change_state as change_state
from forum.agenda.service.items import create as create
from forum.agenda.service.items import edit as edit
from forum.agenda.service.items import move as move
from forum.agenda.service.items import place as place
from forum.agenda.service.items import propose as propose
from forum.agenda.service.items import reinstate as reinstate
from forum.agenda.service.items import require_editable as require_editable
from forum.agenda.service.items import reword as reword
