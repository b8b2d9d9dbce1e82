"""The meeting of blocks 3 and 5 that anybody can open and run, and a poll that is running."""

from datetime import timedelta

from demo.world import World
from forum.base import auth
from sessions.meetings import service as meetings
from sessions.meetings.models import VenueKind
from sessions.meetings.rules import Act
from voting.polls import service as polls


def convene(world: World, place: int, items: dict[str, int]) -> int:
    """A convened meeting in the Lilac hall, at Osmanthus Lane and online, to begin in half an hour.

    The chair may open it at once.
    """
    chair = world["liqin"]
    starts = (world.begun + timedelta(minutes=30)).replace(second=0, microsecond=0)
    with world.at(world.ago(6, 10)) as tx:
        draft = meetings.Draft(
            "三、五号楼加装电梯第一次协商会 · First session on the lifts",
            starts,
            starts + timedelta(hours=2),
        )
        meeting = meetings.draft_meeting(tx, chair, place, draft)
        for kind, *facts in (
            (VenueKind.MAIN, "丁香苑议事厅 Lilac hall", "丁香路 8 号", world["clerk"].id),
            (VenueKind.SUB, "桂花里分会场 Osmanthus", "桂花里 2 号", world["operator2"].id),
            (VenueKind.ONLINE, "线上会场 Online"),
        ):
            meetings.set_venue(tx, chair, meeting, meetings.Place(kind, *facts))
        for key in ("layout", "shaft", "cost", "ground"):
            meetings.add_item(tx, chair, meeting, items[key])
        meetings.step(tx, chair, meeting, Act.CONVENE)
    return meeting


def poll(world: World, items: dict[str, int]) -> int:
    """A consent poll on the quiet hours, open for three more days, with some votes in it."""
    chair = world["liqin"]
    with world.at(world.ago(2, 9)) as tx:
        draft = polls.Draft(
            question="施工时间：8:00–18:00，午间 12:00–14:00 不打钻。 Quiet hours during the works.",
            explanation="没有人阻止即为达成共识；阻止须说明理由。",
            method="consent",
            closes_at=world.begun + timedelta(days=3),
        )
        made = polls.create(tx, chair, items["works"], draft)
        polls.open(tx, chair, made)
    voters = ("wangxl", "xiaoyu", "fenglaoshi", "priya", "grace", "guoa", "sunjie", "lvdage")
    with world.at(world.ago(1, 20)) as tx:
        signed = {
            login: auth.digest(auth.sign_in(tx, world[login].id, label="demo")) for login in voters
        }
    cast = [
        polls.Cast(digest, made, "stand_aside" if login == "lvdage" else "consent")
        for login, digest in signed.items()
    ]
    with world.at(world.ago(1, 20, 5)) as tx:
        for answer in polls.cast_batch(tx, cast):
            if isinstance(answer, Exception):
                raise answer
    return made
