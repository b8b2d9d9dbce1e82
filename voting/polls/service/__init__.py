"""The verbs of this room, under one name."""

from voting.polls.service import scheduled as scheduled
from voting.polls.service.admission import Cast as Cast
from voting.polls.service.admission import NotOnRoll as NotOnRoll
from voting.polls.service.again import again as again
from voting.polls.service.again import next_round as next_round
from voting.polls.service.casting import cast_batch as cast_batch
from voting.polls.service.casting import cast_known as cast_known
from voting.polls.service.ending import break_tie as break_tie
from voting.polls.service.ending import close as close
from voting.polls.service.ending import draw_lot as draw_lot
from voting.polls.service.ending import publish as publish
from voting.polls.service.ending import void as void
from voting.polls.service.extending import extend as extend
from voting.polls.service.mending import change as change
from voting.polls.service.opening import Draft as Draft
from voting.polls.service.opening import create as create
from voting.polls.service.opening import open as open  # noqa: A004 - what one does to a poll
from voting.polls.service.reminding import remind as remind
from voting.polls.service.undoing import undo as undo
from voting.polls.service.venues import confirm_hands as confirm_hands
from voting.polls.service.venues import enter_hands as enter_hands
from voting.polls.service.venues import except_venue as except_venue
from voting.polls.service.venues import take_in_hall as take_in_hall
