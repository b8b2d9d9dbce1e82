"""The verbs of this room, under one name."""

from forum.arguments.service.hiding import hide as hide
from forum.arguments.service.hiding import restore as restore
from forum.arguments.service.holding import ask as ask
from forum.arguments.service.holding import ask_held as ask_held
from forum.arguments.service.holding import lock as lock
from forum.arguments.service.holding import refuse as refuse
from forum.arguments.service.holding import release as release
from forum.arguments.service.holding import unask as unask
from forum.arguments.service.intake import Entry as Entry
from forum.arguments.service.intake import Mark as Mark
from forum.arguments.service.intake import put_reactions as put_reactions
from forum.arguments.service.intake import retell as retell
from forum.arguments.service.intake import take_in as take_in
from forum.arguments.service.moving import move as move
from forum.arguments.service.posting import post as post
from forum.arguments.service.posting import settled as settled
from forum.arguments.service.reacting import react as react
from forum.arguments.service.submitting import Submitted as Submitted
from forum.arguments.service.submitting import edit as edit
from forum.arguments.service.submitting import revise_held as revise_held
from forum.arguments.service.submitting import submit as submit
