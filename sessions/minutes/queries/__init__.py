"""The reads of this room, under one name."""

from sessions.minutes import verify as verify
from sessions.minutes.queries.decisions import DecisionAccess as DecisionAccess
from sessions.minutes.queries.decisions import DecisionRow as DecisionRow
from sessions.minutes.queries.decisions import decision_access as decision_access
from sessions.minutes.queries.decisions import of_poll as of_poll
from sessions.minutes.queries.decisions import roles_in as roles_in
from sessions.minutes.queries.decisions import tasks_of as tasks_of
from sessions.minutes.queries.decisions import withdrawal as withdrawal
from sessions.minutes.queries.minutes import MinutesAccess as MinutesAccess
from sessions.minutes.queries.minutes import MinutesRow as MinutesRow
from sessions.minutes.queries.minutes import corrections as corrections
from sessions.minutes.queries.minutes import latest as latest
from sessions.minutes.queries.minutes import minutes_access as minutes_access
from sessions.minutes.queries.minutes import names as names
from sessions.minutes.queries.minutes import projected as projected
from sessions.minutes.queries.minutes import record as record
from sessions.minutes.queries.minutes import requests as requests
from sessions.minutes.queries.minutes import sealed_names as sealed_names
from sessions.minutes.queries.minutes import signatures as signatures
from sessions.minutes.queries.minutes import took_part as took_part
from sessions.minutes.queries.minutes import versions as versions
