"""The verbs of this room, under one name."""

from sessions.floor.service import follow as follow
from sessions.floor.service.asking import raise_order as raise_order
from sessions.floor.service.asking import request as request
from sessions.floor.service.asking import withdraw as withdraw
from sessions.floor.service.giving import extend as extend
from sessions.floor.service.giving import finish as finish
from sessions.floor.service.giving import pause as pause
from sessions.floor.service.giving import prefer as prefer
from sessions.floor.service.giving import recognise as recognise
from sessions.floor.service.giving import restore as restore
from sessions.floor.service.giving import resume as resume
from sessions.floor.service.giving import skip as skip
from sessions.floor.service.lists import close_list as close_list
from sessions.floor.service.lists import reopen_list as reopen_list
from sessions.floor.service.lists import rule_on as rule_on
from sessions.floor.service.lists import set_limits as set_limits
