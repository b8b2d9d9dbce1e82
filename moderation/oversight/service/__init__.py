"""The verbs of this room, under one name."""

from moderation.oversight.service.acting import Deed as Deed
from moderation.oversight.service.acting import act as act
from moderation.oversight.service.appealing import appeal as appeal
from moderation.oversight.service.appealing import decide as decide
from moderation.oversight.service.claiming import claim as claim
from moderation.oversight.service.claiming import unclaim as unclaim
from moderation.oversight.service.configuring import set_reasons as set_reasons
from moderation.oversight.service.configuring import set_screens as set_screens
from moderation.oversight.service.flagging import flag as flag
from moderation.oversight.service.flagging import settle as settle
