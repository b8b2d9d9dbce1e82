"""A facilitated session: what to do about things left in the stairwells, agreed in two hours."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from demo.world import World
from forum.agenda import service as agenda
from forum.agenda.models import ItemKind, ItemState
from forum.base.db import Db
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Stage, Visibility
from sessions.meetings import service as meetings
from sessions.meetings.models import VenueKind
from sessions.meetings.rules import Act
from sessions.workshop import service
from sessions.workshop.models import Stance
from sessions.workshop.rules import Stand

HALL = ("guoa", "wangxl", "laozhang", "limin", "zhoujl", "fenglaoshi", "sunjie")
ONLINE = ("emma", "priya", "grace")
# Who wrote what in the gathering, and under which heading it came to lie.
NOTES = (
    ("guoa", "纸箱堆到二楼，轮椅过不去。", "安全和通行"),
    ("laozhang", "着火了往哪儿跑？", "安全和通行"),
    ("priya", "The pushchair has nowhere else to go. 婴儿车没别的地方放。", "东西放哪儿"),
    ("wangxl", "自行车棚太小，二十年没修过。", "东西放哪儿"),
    ("limin", "清过三次，一个月又堆满。", "谁来管"),
    ("emma", "Nobody knows whose things they are. 不知道是谁的东西。", "谁来管"),
    ("zhoujl", "物业贴了通知没人看。", "谁来管"),
    ("sunjie", "老人攒的东西，硬清会吵架。", ""),
)
OPTIONS = (
    (
        "东西放哪儿",
        "架空层划出 30 平方米，隔成带锁的小格，每户一格，押金 50 元；婴儿车、轮椅优先。",
    ),
    ("谁来管", "每单元推一名楼长，每月第一个周六一起清楼道，物业当天派车运走。"),
    ("安全和通行", "楼道一律不准放任何东西，贴条三天后由物业直接清走。"),
)
S, L, O = Stance.SUPPORT, Stance.LIVE, Stance.OBJECT  # noqa: E741 - as the columns below


class Vote(NamedTuple):
    """Where somebody stands on the three options, and why not on the last."""

    login: str
    stances: tuple[Stance, Stance, Stance]
    reason: str = ""
    named: bool = False


VOTES = (
    Vote("guoa", (S, S, S)),
    Vote("wangxl", (S, L, O), "门口的鞋柜也要清？三天太急，老人搬不动。"),
    Vote("laozhang", (L, S, S)),
    Vote("limin", (S, S, L)),
    Vote("zhoujl", (S, L, L)),
    Vote("sunjie", (S, S, O), "硬清伤和气，先要有地方放。", named=True),
    Vote("emma", (S, L, L)),
    Vote(
        "priya",
        (S, S, O),
        "Where does the pushchair go in the meantime? 这段时间婴儿车放哪儿？",
        True,
    ),
)


def facilitate(world: World) -> int:
    """Held nine days ago in the hall and online, from notes to positions; returns the session."""
    chair, starts = world["liqin"], world.ago(9, 19)
    place, item = _consult(world)
    with world.at(world.ago(14, 9)) as tx:
        draft = meetings.Draft(
            "楼道堆物促动议事 · An evening on the stairwells", starts, starts + timedelta(hours=2)
        )
        meeting = meetings.draft_meeting(tx, chair, place, draft)
        facts = ("丁香苑议事厅 Lilac hall", "丁香路 8 号", world["clerk"].id)
        hall = meetings.set_venue(tx, chair, meeting, meetings.Place(VenueKind.MAIN, *facts))
        there = meetings.Place(VenueKind.ONLINE, "线上会场 Online")
        online = meetings.set_venue(tx, chair, meeting, there)
        meetings.add_item(tx, chair, meeting, item)
        meetings.step(tx, chair, meeting, Act.CONVENE)
        session = service.attach(tx, chair, meeting, item, "red_tea", facilitator=world["shu"].id)
    with world.at(starts - timedelta(minutes=10)) as tx:
        clerk = world["clerk"]
        meetings.check_in(tx, clerk, meeting, hall, [world[who].id for who in (*HALL, "shu")])
        meetings.check_in(tx, clerk, meeting, online, [world[login].id for login in ONLINE])
    with world.at(starts) as tx:
        meetings.step(tx, chair, meeting, Act.START)
        meetings.open_item(tx, chair, meeting, item)
    _go_through(world, session)
    with world.at(starts + timedelta(minutes=118)) as tx:
        meetings.close_item(tx, chair, meeting)
        meetings.step(tx, chair, meeting, Act.ADJOURN)
    return session


def _consult(world: World) -> tuple[int, int]:
    chair = world["liqin"]
    with world.at(world.ago(20, 9)) as tx:
        draft = consultations.Draft(
            title="楼道堆物怎么管？ · Things left in the stairwells",
            summary="清了又堆，堆了又清。这次一起定个办法。 Cleared and filled again: let us agree on a way.",
            purpose="三、五号楼楼道里的纸箱、旧车和鞋柜，清了又堆。请大家一起定一个大家都能接受的办法。",
            visibility=Visibility.PUBLIC,
            eligibility=Eligibility.OPEN,
            zone="Asia/Shanghai",
        )
        place = consultations.create(
            tx, chair, draft, station=world.stations["lilac"], stage=Stage.DELIBERATING
        )
        topic = agenda.Draft(
            "楼道里的东西怎么办？ · What to do about them?", "", ItemKind.DISCUSSION, 120
        )
        item = agenda.create(tx, chair, place, topic)
        agenda.change_state(tx, chair, item, ItemState.OPEN)
    return place, item


def _go_through(world: World, session: int) -> None:
    lead, starts = world["shu"], world.ago(9, 19)

    def at(minute: int, verb: Callable[[Db], None]) -> None:
        with world.at(starts + timedelta(minutes=minute)) as tx:
            verb(tx)

    def begin(tx: Db) -> None:
        service.deal(tx, lead, session, 3)
        service.start(tx, lead, session)

    def write(tx: Db) -> None:
        given = {words: service.give(tx, world[who], session, words) for who, words, _to in NOTES}
        service.next_step(tx, lead, session, 2)
        for heading in dict.fromkeys(theme for _who, _words, theme in NOTES if theme):
            several = [given[words] for _who, words, theme in NOTES if theme == heading]
            themes[heading] = service.gather(tx, lead, session, several, words=heading)

    def word(tx: Db) -> None:
        for heading, words in OPTIONS:
            options.append(service.make_option(tx, lead, session, words, theme=themes[heading]))
        service.next_step(tx, lead, session, 4)

    def choose(tx: Db) -> None:
        for vote in VOTES:
            stands = {
                option: Stand(stance, vote.reason if stance is O else "", vote.named)
                for option, stance in zip(options, vote.stances, strict=True)
            }
            service.stand(tx, world[vote.login], session, stands)
        service.next_step(tx, lead, session, 5)

    themes: dict[str, int] = {}
    options: list[int] = []
    at(2, begin)
    at(12, lambda tx: service.next_step(tx, lead, session, 1))
    at(41, write)
    at(66, lambda tx: service.next_step(tx, lead, session, 3))
    at(90, word)
    at(108, choose)
    at(116, lambda tx: service.next_step(tx, lead, session, 6))
