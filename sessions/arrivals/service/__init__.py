"""The verbs of this room, under one name."""

from sessions.arrivals.service.deeds import all_out as all_out
from sessions.arrivals.service.deeds import enter as enter
from sessions.arrivals.service.doors import by_code as by_code
from sessions.arrivals.service.doors import stand_before as stand_before
from sessions.arrivals.service.hearing import hear as hear
from sessions.arrivals.service.walk_ins import admit as admit
from sessions.arrivals.service.walk_ins import admit_new as admit_new
