"""The verbs of this room, under one name."""

from sessions.captions.service.common import Said as Said
from sessions.captions.service.editing import attribute as attribute
from sessions.captions.service.editing import confirm as confirm
from sessions.captions.service.editing import correct as correct
from sessions.captions.service.editing import restore as restore
from sessions.captions.service.editing import strike as strike
from sessions.captions.service.tracks import bring_captions as bring_captions
from sessions.captions.service.tracks import bring_recording as bring_recording
from sessions.captions.service.tracks import confirm_track as confirm_track
from sessions.captions.service.tracks import discard as discard
from sessions.captions.service.tracks import take_in as take_in
from sessions.captions.service.transcribing import transcribe as transcribe
from sessions.captions.service.writing import add as add
from sessions.captions.service.writing import add_all as add_all
from sessions.captions.service.writing import type_line as type_line
