"""The verbs of this room, under one name."""

from sessions.convening.service import reactions as reactions
from sessions.convening.service.preparing import Plan as Plan
from sessions.convening.service.preparing import ask as ask
from sessions.convening.service.preparing import convene as convene
from sessions.convening.service.preparing import drop_question as drop_question
from sessions.convening.service.preparing import prepare as prepare
from sessions.convening.service.preparing import set_preparation as set_preparation
from sessions.convening.service.preparing import state_reason as state_reason
from sessions.convening.service.proxies import enter_proxy as enter_proxy
from sessions.convening.service.proxies import revoke_proxy as revoke_proxy
from sessions.convening.service.replying import Said as Said
from sessions.convening.service.replying import person as person
from sessions.convening.service.replying import reply as reply
from sessions.convening.service.rolls import Facts as Facts
from sessions.convening.service.rolls import describe as describe
from sessions.convening.service.rolls import drop_sheet as drop_sheet
from sessions.convening.service.rolls import keep_sheet as keep_sheet
from sessions.convening.service.rolls import take_in as take_in
from sessions.convening.service.rolls import take_out as take_out
