"""A meeting that is written down and shown on walls: lines of each kind, files, projectors."""

import sitting as hall
from cast import Cast

from forum.base import clock
from forum.base.db import transaction
from forum.base.filetypes import Content
from sessions.captions import service
from sessions.captions.models import CaptionSegment, Source
from sessions.floor import service as floor
from sessions.floor.screen_models import Shows
from sessions.meetings import service as meetings
from sessions.meetings.models import VenueKind

Pages = dict[str | None, list[str]]

VTT = b"""WEBVTT

00:01.000 --> 00:02.000
<v Mr Unknown>It was loud.

00:03.000 --> 00:02.000
Backwards.
"""


def captioning(cast: Cast) -> Pages:
    """Bob speaks, shu types; a line was corrected, one struck, one is a machine's."""
    with transaction() as tx:
        found = hall.started(tx, cast)
        here = found.meeting
        meetings.open_item(tx, cast.alice, here, found.item)
        speech = floor.request(tx, cast.bob, here)
        floor.recognise(tx, cast.alice, speech)
        lines = [
            service.type_line(tx, cast.shu, here, words, member=cast.bob.id)
            for words in ("The lift is <b>odl</b>.", "Knees get older.", "And so do we.")
        ]
        service.correct(tx, cast.shu, lines[0], "The lift is old.")
        service.strike(tx, cast.alice, lines[1], "It names a neighbour.")
        tx.get_one(CaptionSegment, lines[2]).source = Source.MACHINE
        content = Content(VTT, "text/vtt; charset=utf-8")
        track = service.bring_captions(
            tx, cast.shu, here, content, "evening.vtt", begins_at=clock.now()
        )
        for number, shows in enumerate((Shows.NOTICE, Shows.SPEAKER, Shows.WELCOME), 1):
            floor.set_projector(tx, cast.alice, here, f"Wall {number}", venue=found.main)
            made = floor.prepare(tx, cast.alice, here, number, shows, "Tea is ready.")
            floor.put_up(tx, cast.alice, here, number, made)
        floor.prepare(tx, cast.alice, here, 1, Shows.AGENDA)
        floor.set_broadcast(tx, cast.alice, here, "https://live.example/lift")
        room = meetings.Place(VenueKind.ONLINE, "Online", url="https://meet.example/lift")
        meetings.set_venue(tx, cast.alice, here, room, venue=found.online)
    base = f"/meetings/{here}"
    return {
        None: [
            f"{base}/captions",
            f"{base}/captions?page=1&q=old",
            f"/captions/{lines[0]}",
            f"{base}/screen/1",
            f"{base}/screen/2",
            f"{base}/screen/3",
            f"{base}/watch",
        ],
        "shu": [
            f"{base}/captions/typing",
            f"{base}/captions/files",
            f"/caption-tracks/{track}",
            f"/captions/{lines[2]}",
        ],
        "alice": [f"/captions/{lines[1]}", f"{base}/projectors", f"{base}/projectors/1"],
    }
