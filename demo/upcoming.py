"""The meeting of blocks 3 and 5 that anybody can open and run, and votes outside a meeting."""

from datetime import timedelta

from demo.world import World
from forum.base import auth
from forum.base.refs import ref
from sessions.meetings import service as meetings
from sessions.meetings.models import VenueKind
from sessions.meetings.rules import Act
from voting.delegations import service as delegations
from voting.methods.method import Option
from voting.polls import service as polls
from voting.polls.models import Secrecy


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
    draft = polls.Draft(
        question="施工时间：8:00–18:00，午间 12:00–14:00 不打钻。 Quiet hours during the works.",
        explanation="没有人阻止即为达成共识；阻止须说明理由。",
        method="consent",
        closes_at=world.begun + timedelta(days=3),
    )
    made = opened(world, items["works"], draft, days=2)
    voters = ("wangxl", "xiaoyu", "fenglaoshi", "priya", "grace", "guoa", "sunjie", "lvdage")
    answers = {login: "stand_aside" if login == "lvdage" else "consent" for login in voters}
    cast(world, made, answers, days=1)
    return made


def entrance(world: World, items: dict[str, int]) -> int:
    """A secret vote by ranking that is running: where one goes in while the works last."""
    names = (
        "北门（改造后）· North gate, made ready",
        "地下车库 · Through the garage",
        "五号楼连廊 · Over block 5's walkway",
        "临时楼梯 · A temporary stair",
    )
    draft = polls.Draft(
        question="施工期间三号楼从哪里进出？ Where do we go in while block 3 is a building site?",
        explanation="按喜欢的顺序排，排几个都可以。 *Rank as many as you like.*",
        method="irv",
        secrecy=Secrecy.SECRET,
        options=_options(names),
        closes_at=world.begun + timedelta(days=3),
    )
    made = opened(world, items["works"], draft, days=2)
    ranked = {
        "wangxl": "o1>o4", "xiaoyu": "o2>o1", "fenglaoshi": "o1>o3>o4", "priya": "o3>o1",
        "grace": "o2", "guoa": "o1", "sunjie": "o4>o1",
    }  # fmt: skip
    cast(world, made, ranked, days=1)
    return made


def upkeep(world: World, items: dict[str, int]) -> int:
    """A vote by approval that is over: what matters most later, with the result published."""
    names = (
        "全包维保合同 · A contract for everything",
        "昼夜应急电话 · Help by telephone, day and night",
        "每季公开账目 · Accounts each quarter",
        "大修基金 · A fund for great repairs",
    )
    draft = polls.Draft(
        question="后期维护，哪几样要紧？ What matters for the upkeep?",
        explanation="可以选好几项。 *Choose as many as you like.*",
        method="approval",
        options=_options(names),
        carry_most=3,
    )
    made = opened(world, items["upkeep"], draft, days=4)
    with world.at(world.ago(3, 9)) as tx:  # whoever has no time gives the vote to a neighbour
        delegations.give(tx, world["laozhang"], ref("poll", made), world["fenglaoshi"].id)
    picked = {
        "wangxl": "o1,o2", "xiaoyu": "o1", "fenglaoshi": "o1,o3", "priya": "o4", "grace": "o1,o4",
        "guoa": "o2,o3", "sunjie": "o1", "limin": "o1,o2", "zhoujl": "o3",
    }  # fmt: skip
    cast(world, made, picked, days=2)
    with world.at(world.ago(1, 18)) as tx:
        polls.close(tx, world["liqin"], made)
        polls.publish(tx, world["liqin"], made)
    return made


def opened(world: World, item: int, draft: polls.Draft, *, days: int) -> int:
    """A vote on an item, open since so many days."""
    with world.at(world.ago(days, 9)) as tx:
        made = polls.create(tx, world["liqin"], item, draft)
        polls.open(tx, world["liqin"], made)
    return made


def _options(names: tuple[str, ...]) -> tuple[Option, ...]:
    return tuple(Option(f"o{at}", name) for at, name in enumerate(names, 1))


def cast(world: World, poll: int, answers: dict[str, str], *, days: int) -> None:
    """Ballots of these people, so many days ago."""
    with world.at(world.ago(days, 20)) as tx:
        signed = {
            login: auth.digest(auth.sign_in(tx, world[login].id, label="demo")) for login in answers
        }
    ballots = [
        polls.Cast(signed[login], poll, answer, nonce=f"{world.dice.getrandbits(128):032x}")
        for login, answer in answers.items()
    ]
    with world.at(world.ago(days, 20, 5)) as tx:
        for answer in polls.cast_batch(tx, ballots):
            if isinstance(answer, Exception):
                raise answer
