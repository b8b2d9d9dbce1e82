"""The verbs of this room, under one name."""

from voting.procedures.service import following as following
from voting.procedures.service.doing import Notice as Notice
from voting.procedures.service.doing import Said as Said
from voting.procedures.service.doing import add as add
from voting.procedures.service.doing import post as post
from voting.procedures.service.doing import record_stage as record_stage
from voting.procedures.service.doing import take as take
from voting.procedures.service.running import again as again
from voting.procedures.service.running import begin as begin
from voting.procedures.service.running import stop as stop
