"""Who is told what about the tree."""

from forum.base.registry import silent
from forum.stations import events

silent(events.StationCreated, because="the list of stations shows it")
silent(events.StationChanged, because="the station's page shows it")
silent(events.ResidentAdmitted, because="the role that comes with it is told")
