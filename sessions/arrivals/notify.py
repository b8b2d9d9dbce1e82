"""Who is told what of the door: nobody by message, since whoever it concerns stands there."""

from forum.base.registry import silent
from sessions.arrivals import events

silent(events.EnteredLater, because="the person's coming or going itself is told")
silent(events.WalkInSeen, because="the person stands at the desk; the chair sees it on the console")
silent(events.DeskSilent, because="the chair and the desks see it on their pages")
silent(events.DeskBack, because="the chair and the desks see it on their pages")
