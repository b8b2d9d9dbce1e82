"""The verbs of this room, under one name."""

from sessions.duty.service import following as following
from sessions.duty.service.answering import answered as answered
from sessions.duty.service.answering import put as put
from sessions.duty.service.answering import set_back as set_back
from sessions.duty.service.answering import write_answer as write_answer
from sessions.duty.service.asking import admit as admit
from sessions.duty.service.asking import ask as ask
from sessions.duty.service.asking import decline as decline
from sessions.duty.service.asking import support as support
from sessions.duty.service.asking import withdraw as withdraw
from sessions.duty.service.rating import rate as rate
from sessions.duty.service.reports import Draft as Draft
from sessions.duty.service.reports import announce as announce
from sessions.duty.service.reports import begin as begin
from sessions.duty.service.reports import change as change
from sessions.duty.service.reports import drop as drop
from sessions.duty.service.reports import end as end
from sessions.duty.service.reports import write as write
