"""The verbs of this room, under one name."""

from sessions.meetings.service.agenda import add_item as add_item
from sessions.meetings.service.agenda import close_item as close_item
from sessions.meetings.service.agenda import drop_item as drop_item
from sessions.meetings.service.agenda import open_item as open_item
from sessions.meetings.service.agenda import shift_item as shift_item
from sessions.meetings.service.attendance import CheckIn as CheckIn
from sessions.meetings.service.attendance import check_in as check_in
from sessions.meetings.service.attendance import check_in_batch as check_in_batch
from sessions.meetings.service.attendance import check_out as check_out
from sessions.meetings.service.attendance import entitle as entitle
from sessions.meetings.service.attendance import undo_check_in as undo_check_in
from sessions.meetings.service.chair import declare_quorum as declare_quorum
from sessions.meetings.service.chair import show as show
from sessions.meetings.service.life import Draft as Draft
from sessions.meetings.service.life import draft_meeting as draft_meeting
from sessions.meetings.service.life import edit_meeting as edit_meeting
from sessions.meetings.service.life import step as step
from sessions.meetings.service.polls import close_poll as close_poll
from sessions.meetings.service.polls import enter_count as enter_count
from sessions.meetings.service.polls import hold_poll as hold_poll
from sessions.meetings.service.polls import open_poll as open_poll
from sessions.meetings.service.polls import publish_poll as publish_poll
from sessions.meetings.service.venues import Place as Place
from sessions.meetings.service.venues import drop_venue as drop_venue
from sessions.meetings.service.venues import set_link as set_link
from sessions.meetings.service.venues import set_venue as set_venue
