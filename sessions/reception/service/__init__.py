"""The verbs of this room, under one name."""

from sessions.reception.service import summing as summing
from sessions.reception.service.coming import Who as Who
from sessions.reception.service.coming import come as come
from sessions.reception.service.coming import describe as describe
from sessions.reception.service.coming import give_back as give_back
from sessions.reception.service.coming import move as move
from sessions.reception.service.coming import take_number as take_number
from sessions.reception.service.handling import Handling as Handling
from sessions.reception.service.handling import Promise as Promise
from sessions.reception.service.handling import handle as handle
from sessions.reception.service.handling import promise as promise
from sessions.reception.service.recording import Said as Said
from sessions.reception.service.recording import correct as correct
from sessions.reception.service.recording import forget as forget
from sessions.reception.service.recording import read_back as read_back
from sessions.reception.service.recording import record_word as record_word
from sessions.reception.service.recording import strike as strike
