"""What of motions somebody reads: visibility is built in, pages get named tuples."""

from sessions.motions.queries.board import NOTHING_MOVED as NOTHING_MOVED
from sessions.motions.queries.board import Board as Board
from sessions.motions.queries.board import Sight as Sight
from sessions.motions.queries.board import board as board
from sessions.motions.queries.board import gathered as gathered
from sessions.motions.queries.mine import NOTHING as NOTHING
from sessions.motions.queries.mine import Own as Own
from sessions.motions.queries.mine import own as own
from sessions.motions.queries.mine import own_part as own_part
from sessions.motions.queries.motions import MotionAccess as MotionAccess
from sessions.motions.queries.motions import MotionRow as MotionRow
from sessions.motions.queries.motions import around as around
from sessions.motions.queries.motions import motion_access as motion_access
from sessions.motions.queries.motions import of_ids as of_ids
from sessions.motions.queries.motions import of_item as of_item
from sessions.motions.queries.motions import of_meeting as of_meeting
from sessions.motions.queries.motions import referred as referred
from sessions.motions.queries.motions import resolve as resolve
from sessions.motions.queries.motions import seconders as seconders
from sessions.motions.queries.resolved import Resolved as Resolved
from sessions.motions.queries.resolved import resolved as resolved
from sessions.motions.queries.sending import sending as sending
from sessions.motions.queries.texts import notes as notes
from sessions.motions.queries.texts import quoted as quoted
from sessions.motions.queries.texts import seconds as seconds
from sessions.motions.queries.texts import versions as versions
