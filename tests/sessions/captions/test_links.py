"""The transcript, the item and the minutes lead to each other."""

from datetime import timedelta

import minuting
from cast import Cast
from conftest import Client

from forum.base import clock
from forum.base.db import reading, transaction
from sessions.captions import queries, service
from sessions.captions.models import CaptionSegment, Source
from sessions.minutes import service as minutes


def test_the_minutes_lead_to_what_was_said_and_back(cast: Cast, client: Client) -> None:
    sat = minuting.adjourned(cast)
    with reading() as db:
        entries = queries.anchors(db, sat.meeting)
    (speech, entry) = next(iter(entries.items()))
    with transaction() as tx:
        line = service.type_line(tx, cast.shu, sat.meeting, "Knees.", member=cast.bob.id)
        row = tx.get_one(CaptionSegment, line)
        row.speech_id, row.item_id, row.source = speech, sat.item, Source.MACHINE
    with transaction() as tx:
        minutes.circulate(tx, cast.shu, sat.minutes, until=clock.now() + timedelta(days=1))
    link = f"/meetings/{sat.meeting}/captions?speech={speech}"
    assert f'href="{link}"' not in client("bob").get(f"/minutes/{sat.minutes}").text
    with transaction() as tx:
        service.confirm(tx, cast.shu, line)
    assert f'href="{link}"' in client("bob").get(f"/minutes/{sat.minutes}").text
    back = f'href="/minutes/{sat.minutes}#{entry}"'
    for path in (link, f"/captions/{line}"):
        assert back in client("bob").get(path).text
        assert back not in client(None).get(path).text  # drafts are not for guests
    item = client(None).get(f"/items/{sat.item}").text
    assert f'href="/meetings/{sat.meeting}/captions?item={sat.item}"' in item
    here = client(None).get(f"/meetings/{sat.meeting}").text
    assert f'href="/meetings/{sat.meeting}/captions"' in here
