"""Nobody is told: whoever makes or takes back a link of their own has just done so."""

from forum.base.registry import silent
from forum.feeds import events

OWN = "the person has just done it; their settings show it"
silent(events.CalendarLinked, because=OWN)
silent(events.CalendarUnlinked, because=OWN)
