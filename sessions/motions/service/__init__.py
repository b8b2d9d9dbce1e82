"""The verbs of this room, under one name."""

from sessions.motions.service import follow as follow
from sessions.motions.service.deciding import Way as Way
from sessions.motions.service.deciding import declare_consensus as declare_consensus
from sessions.motions.service.deciding import object as object  # noqa: A004 - a motion's verb
from sessions.motions.service.deciding import order as order
from sessions.motions.service.deciding import put as put
from sessions.motions.service.deciding import seek_consensus as seek_consensus
from sessions.motions.service.follow import debated as debated
from sessions.motions.service.moving import Draft as Draft
from sessions.motions.service.moving import amend as amend
from sessions.motions.service.moving import confirm as confirm
from sessions.motions.service.moving import move as move
from sessions.motions.service.moving import reconsider as reconsider
from sessions.motions.service.moving import reword as reword
from sessions.motions.service.moving import second as second
from sessions.motions.service.moving import set_terms as set_terms
from sessions.motions.service.moving import withdraw as withdraw
from sessions.motions.service.shelving import postpone as postpone
from sessions.motions.service.shelving import refer as refer
from sessions.motions.service.shelving import split as split
from sessions.motions.service.shelving import take_up as take_up
