"""The village that Osmanthus Lane once was decides on its threshing yard, in its stages."""

from datetime import datetime, timedelta

from demo.upcoming import cast
from demo.world import ROLES, World
from forum.agenda import service as agenda
from forum.agenda.models import ItemKind, ItemState
from forum.base.db import Db
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Stage, Visibility
from sessions.meetings import service as meetings
from sessions.meetings.models import VenueKind
from sessions.meetings.rules import Act
from voting.boxes.models import Channel
from voting.methods.common.profiles import PROFILES
from voting.polls import service as polls
from voting.polls.rules import Quorum
from voting.procedures import queries, service

PURPOSE = """梨园村撤村建居十年了，村集体的老晒谷场一直空着，面积 1,180 平方米。征地补偿款还剩 92 万元，怎么用、要不要动，按“四议两公开”一步一步来，每一步的结果都写在这里。

*Pear Orchard village became Osmanthus Lane ten years ago; its threshing yard still belongs to all and lies empty. What is built there is decided step by step, each written down here.*
"""
BODY = """在老晒谷场建停车位 34 个和老年活动室 120 平方米，预算 86 万元，从征地补偿款中列支；停车收入归村集体，每年公布账目。

*34 parking places and a room for the elderly, 860,000 yuan from the money paid for land; what parking brings in goes to all, with yearly accounts.*
"""
# Who has which part: all are villagers, the first of them in the party.
PARTY = ("hanmei", "jiangli", "penglei", "dengshifu", "yuanyuan", "maxiaohui")
VILLAGERS = ("tangjun", "noor", "marco", "xiaoqi", "hexin", "sunjie", "panshushu")
ANSWERS = dict.fromkeys(PARTY, "yes") | {"penglei": "no"}
PROPOSED = """村党支部会议，到会 5 人，一致同意提议：老晒谷场建停车位和老年活动室，预算不超过 90 万元。

*The branch proposes parking and a room for the elderly, for 900,000 yuan at most.*"""
CONFERRED = """村党支部委员会、村民委员会联席会议，应到 9 人，实到 8 人。修改两处：停车位由 40 个减为 34 个，给消防车留出 4 米通道；预算由 90 万元降为 86 万元。同意提交党员大会审议。

*The two committees ask for a lane of four metres for the fire brigade: 34 places instead of 40, and 860,000 yuan. Agreed.*"""
ADDED = (
    "更正：联席会议实到 8 人，其中 1 人会议过半时到会。 *One of the eight came half-way through.*"
)


def decide(world: World) -> int:
    """Two deliberations and the party members' vote are behind; the villagers' meeting is next."""
    place, item = _consult(world)
    chair, shu = world["zhengang"], world["shu"]
    procedure = world.do(world.ago(14, 9), service.begin, chair, item, "four_two")
    with world.at(world.ago(14, 10)) as tx:
        stages = queries.procedure_access(tx, chair, procedure).stages
    for one, days, who, words in (
        (stages[0], 13, "梨园村党支部，应到 5 人，实到 5 人", PROPOSED),
        (stages[1], 10, "村“两委”联席会议，应到 9 人，实到 8 人", CONFERRED),
    ):
        said = service.Said(who, world.ago(days, 15).date(), words)
        world.do(world.ago(days, 17), service.record_stage, shu, one.id, said)
    world.do(world.ago(9, 9), service.add, shu, stages[1].id, ADDED)
    _assembly(world, place, item)
    with world.at(world.ago(4, 10)) as tx:
        for login in VILLAGERS:
            consultations.enlist(tx, chair, place, world[login].id)
        starts = world.ago(-2, 19)
        meeting, _venue = _called(
            tx, world, place, item, "村民代表会议 · The representatives", starts
        )
    world.do(world.ago(4, 10, 5), meetings.step, chair, meeting, Act.CONVENE)
    return procedure


def _consult(world: World) -> tuple[int, int]:
    chair = world["zhengang"]
    draft = consultations.Draft(
        title="梨园村老晒谷场怎么用 · The old threshing yard of Pear Orchard village",
        summary="按“四议两公开”进行，每一步的结果都公开。 Decided in stages, each of them open.",
        purpose=PURPOSE,
        visibility=Visibility.PUBLIC,
        eligibility=Eligibility.LISTED,
        zone="Asia/Shanghai",
    )
    with world.at(world.ago(15, 9)) as tx:
        station = world.stations["osmanthus"]
        place = consultations.create(
            tx, world["admin"], draft, station=station, stage=Stage.DELIBERATING
        )
        for login, part in (("zhengang", "moderator"), ("shu", "secretary")):
            consultations.appoint(tx, world["admin"], place, world[login].id, ROLES[part])
        for login in PARTY:
            consultations.enlist(tx, chair, place, world[login].id)
        title = "老晒谷场建停车位和老年活动室 · Parking and a room on the threshing yard"
        item = agenda.create(tx, chair, place, agenda.Draft(title, BODY, ItemKind.DECISION, 40))
        agenda.change_state(tx, chair, item, ItemState.OPEN)
    return place, item


def _called(
    tx: Db, world: World, place: int, item: int, title: str, starts: datetime
) -> tuple[int, int]:
    """A meeting in the lane's hall with the item on its agenda: its id, its venue's."""
    chair = world["zhengang"]
    draft = meetings.Draft(title, starts, starts + timedelta(hours=1))
    meeting = meetings.draft_meeting(tx, chair, place, draft)
    facts = ("桂花里议事厅 Osmanthus hall", "桂花里 2 号", world["operator2"].id)
    venue = meetings.set_venue(tx, chair, meeting, meetings.Place(VenueKind.MAIN, *facts))
    meetings.add_item(tx, chair, meeting, item)
    return meeting, venue


def _assembly(world: World, place: int, item: int) -> None:
    """The party members' assembly of five days ago, with its vote."""
    chair, starts = world["zhengang"], world.ago(5, 19)
    law = PROFILES["party_members"]
    draft = polls.Draft(
        question="同意将老晒谷场改建方案提交村民代表会议。 Put the plan to the representatives.",
        method=law.method,
        rule=dict(law.settings),
        quorum=Quorum.read(law.quorum),
        profile=law.name,
    )
    with world.at(world.ago(8, 9)) as tx:
        meeting, hall = _called(tx, world, place, item, "党员大会 · Party members", starts)
        meetings.step(tx, chair, meeting, Act.CONVENE)
    with world.at(starts - timedelta(minutes=10)) as tx:
        there = [world[login].id for login in PARTY]
        meetings.check_in(tx, world["operator2"], meeting, hall, there)
    with world.at(starts) as tx:
        meetings.step(tx, chair, meeting, Act.START)
        meetings.open_item(tx, chair, meeting, item)
    with world.at(starts + timedelta(minutes=30)) as tx:
        poll = meetings.hold_poll(tx, chair, meeting, draft, channel=Channel.ONLINE)
        meetings.open_poll(tx, chair, meeting, poll)
    cast(world, poll, ANSWERS, days=5)
    with world.at(starts + timedelta(minutes=70)) as tx:
        meetings.close_poll(tx, chair, meeting, poll)
        meetings.publish_poll(tx, chair, meeting, poll)
        meetings.close_item(tx, chair, meeting)
        meetings.step(tx, chair, meeting, Act.ADJOURN)
