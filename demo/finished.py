"""The finished consultation: block 2, with a meeting in three venues, approved minutes, an outcome."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from demo.running import speak
from demo.world import ROLES, World
from forum.agenda import service as agenda
from forum.agenda.models import ItemKind, ItemState
from forum.base import auth
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Stage, Visibility
from sessions.convening import service as convening
from sessions.floor import service as floor
from sessions.floor.models import Ruling, Side
from sessions.meetings import service as meetings
from sessions.meetings.models import Link, VenueKind
from sessions.meetings.rules import Act
from voting.boxes.models import Channel
from voting.polls import service as polls
from voting.polls.models import Secrecy
from voting.polls.rules import Count

TITLE = "桂花里二号楼加装电梯：要不要装、装在哪里 · A lift for block 2, Osmanthus Lane"
SUMMARY = "已完成：表决通过、成果公开、任务办理中。 Finished: voted, published, being carried out."
PURPOSE = """二号楼六层三十六户，六十岁以上老人十九位。本次协商决定三件事：要不要装、装在哪一侧、钱怎么分。

*Block 2 has six floors and 36 flats; nineteen residents are over sixty. Whether, where, and who pays.*
"""
MAIN = ("hanmei", "jiangli", "penglei", "dengshifu", "yuanyuan", "wangxl", "guoa", "panshushu")
HALL = ("maxiaohui", "sunjie", "wuguofu", "zhoujl", "fenglaoshi")
ONLINE = ("noor", "marco", "emma", "grace", "xiaoqi", "hexin")
ABSENT = ("tangjun", "lvdage", "daniel")
CHAIR, OPERATOR = "zhengang", "operator2"
# Away on a journey: a proxy on paper, for a neighbour who is in the main hall.
PRINCIPAL, HOLDER = "tangjun", "hanmei"


@dataclass
class Finished:
    """What later chapters of the demo need of it."""

    place: int
    items: dict[str, int]
    arguments: list[int]
    meeting: int
    polls: dict[str, int]


def consult(world: World) -> tuple[int, dict[str, int], list[int]]:
    """Open it, put up the agenda, let people argue."""
    draft = consultations.Draft(
        title=TITLE,
        summary=SUMMARY,
        purpose=PURPOSE,
        visibility=Visibility.PUBLIC,
        eligibility=Eligibility.LISTED,
        zone="Asia/Shanghai",
    )
    chair = world[CHAIR]
    with world.at(world.ago(80, 10)) as tx:
        place = consultations.create(tx, world["admin"], draft, station=world.stations["committee"])
        for login, part in (
            (CHAIR, "moderator"),
            ("rong", "representative"),
            ("shu", "secretary"),
            ("hui", "handler"),
            ("chengjian", "handler"),
        ):
            consultations.appoint(tx, world["admin"], place, world[login].id, ROLES[part])
        for login in (*MAIN, *HALL, *ONLINE, *ABSENT, CHAIR, OPERATOR):
            consultations.enlist(tx, chair, place, world[login].id)
    with world.at(world.ago(78, 9)) as tx:
        items = {
            "build": agenda.create(
                tx,
                chair,
                place,
                agenda.Draft(
                    "要不要加装电梯？ · Shall we build a lift?",
                    "表决口径：到会人员过三分之二。",
                    ItemKind.DECISION,
                    30,
                ),
            ),
            "share": agenda.create(
                tx,
                chair,
                place,
                agenda.Draft(
                    "费用按楼层系数分摊 · Cost by floor",
                    "一楼 0，二楼 0.3，三楼 1，以上每层加 0.3；困难家庭三年分期。",
                    ItemKind.DECISION,
                    30,
                ),
            ),
        }
        consultations.move_stage(tx, chair, place, Stage.DELIBERATING)
        for item in items.values():
            agenda.change_state(tx, chair, item, ItemState.OPEN)
    said = speak(world, items["build"], "finished", (*MAIN, *HALL, *ONLINE), first_day=77, days=14)
    return place, items, said


def convene(world: World, place: int, items: dict[str, int]) -> tuple[int, dict[str, int]]:
    """Plan the meeting with three venues and tell everybody."""
    chair = world[CHAIR]
    starts = world.ago(45, 19)
    with world.at(world.ago(55, 10)) as tx:
        consultations.move_stage(tx, chair, place, Stage.DECIDING)
        draft = meetings.Draft(
            "二号楼加装电梯协商会 · Session on the lift", starts, starts + timedelta(hours=2)
        )
        meeting = meetings.draft_meeting(tx, chair, place, draft)
        venues = {
            name: meetings.set_venue(tx, chair, meeting, meetings.Place(kind, *facts))
            for name, kind, facts in (
                (
                    "main",
                    VenueKind.MAIN,
                    ("桂花里议事厅 Osmanthus hall", "桂花里 2 号", world["clerk"].id),
                ),
                (
                    "hall",
                    VenueKind.SUB,
                    ("丁香苑分会场 Lilac Court", "丁香路 8 号", world[OPERATOR].id),
                ),
                ("online", VenueKind.ONLINE, ("线上会场 Online",)),
            )
        }
        for item in items.values():
            meetings.add_item(tx, chair, meeting, item)
        meetings.step(tx, chair, meeting, Act.CONVENE)
    with world.at(world.ago(46, 16)) as tx:
        people = (world[PRINCIPAL].id, world[HOLDER].id)
        convening.enter_proxy(tx, world["shu"], meeting, *people, seen=True)
    return meeting, venues


class Evening:
    """The meeting of that evening, minute by minute."""

    def __init__(self, world: World, meeting: int, venues: dict[str, int]) -> None:
        self.world, self.meeting, self.venues = world, meeting, venues
        self.chair = world[CHAIR]
        self.clock: datetime = world.ago(45, 18, 40)

    def later(self, minutes: float) -> datetime:
        """Some minutes on."""
        self.clock += timedelta(minutes=minutes)
        return self.clock

    def gather(self) -> None:
        """People come: at the desks, and online by themselves."""
        world, meeting = self.world, self.meeting
        halls = (("main", "clerk", MAIN), ("hall", OPERATOR, (*HALL, OPERATOR)))
        for venue, desk, crowd in halls:
            with world.at(self.later(3)) as tx:
                people = [world[login].id for login in crowd]
                meetings.check_in(tx, world[desk], meeting, self.venues[venue], people)
        arriving = [meetings.CheckIn(self.credential(login), meeting) for login in (*ONLINE, CHAIR)]
        with world.at(self.later(2)) as tx:
            _none_refused(meetings.check_in_batch(tx, arriving))
        with world.at(self.later(4)) as tx:
            meetings.set_link(tx, world[OPERATOR], meeting, self.venues["hall"], Link.UP)
        world.do(self.world.ago(45, 19), meetings.step, self.chair, meeting, Act.START)
        self.clock = self.world.ago(45, 19)
        world.do(self.later(1), meetings.declare_quorum, self.chair, meeting)

    def credential(self, login: str) -> str:
        """The digest of a sign-in of that evening."""
        with self.world.at(self.clock) as tx:
            return auth.digest(auth.sign_in(tx, self.world[login].id, label="demo"))

    def hear(self, login: str, side: Side, minutes: float, desk: tuple[str, str] | None) -> None:
        """Somebody asks for the floor (or the desk asks for them), gets it and speaks."""
        world, meeting = self.world, self.meeting
        with world.at(self.later(0.5)) as tx:
            if desk:
                who = world[login].id
                entry = floor.request(tx, world[desk[0]], meeting, side=side, member=who)
            else:
                entry = floor.request(tx, world[login], meeting, side=side)
        world.do(self.later(0.5), floor.recognise, self.chair, entry)
        world.do(self.later(minutes), floor.finish, self.chair, entry)

    def vote(
        self,
        draft: polls.Draft,
        online: Mapping[str, str],
        *,
        hands: Mapping[str, dict[str, int]] | None = None,
        instead: Mapping[str, tuple[str, str]] | None = None,
    ) -> int:
        """A poll on the current item: hands in the halls, ballots online, two tellers each.

        `instead` tells by their holders for whom and how some vote online for others as well.
        """
        world, meeting = self.world, self.meeting
        channel = Channel.HANDS if hands else Channel.ONLINE
        with world.at(self.later(1)) as tx:
            poll = meetings.hold_poll(tx, self.chair, meeting, draft, channel=channel)
        world.do(self.later(1), meetings.open_poll, self.chair, meeting, poll)
        cast = [
            polls.Cast(
                self.credential(login), poll, value, nonce=f"{world.dice.getrandbits(128):032x}"
            )
            for login, value in online.items()
        ]
        cast += [
            polls.Cast(
                self.credential(holder),
                poll,
                value,
                nonce=f"{world.dice.getrandbits(128):032x}",
                principal=world[absent].id,
            )
            for holder, (absent, value) in (instead or {}).items()
        ]
        with world.at(self.later(2)) as tx:
            _none_refused(polls.cast_batch(tx, cast))
        world.do(self.later(1), meetings.close_poll, self.chair, meeting, poll)
        tellers = {"main": ("clerk", "shu"), "hall": (OPERATOR, "shu")}
        for venue, votes in (hands or {}).items():
            for second, teller in enumerate(tellers[venue]):
                with world.at(self.later(1)) as tx:
                    meetings.enter_count(
                        tx,
                        world[teller],
                        meeting,
                        poll,
                        self.venues[venue],
                        Count(votes),
                        second=bool(second),
                    )
        world.do(self.later(1), meetings.publish_poll, self.chair, meeting, poll)
        return poll

    def run(self, items: dict[str, int]) -> dict[str, int]:
        """The whole evening; returns the polls by item."""
        world, meeting, chair = self.world, self.meeting, self.chair
        self.gather()
        world.do(self.later(2), meetings.open_item, chair, meeting, items["build"])
        self.hear("hanmei", Side.PRO, 2, ("clerk", "main"))
        self.hear("penglei", Side.CON, 2, ("clerk", "main"))
        self.hear("noor", Side.PRO, 1.5, None)
        with world.at(self.later(1)) as tx:
            point = floor.raise_order(tx, world["marco"], meeting, "发言超时了，请提醒时间。")
        world.do(
            self.later(1), floor.rule_on, chair, point, Ruling.UPHELD, "成立，请各位注意两分钟。"
        )
        with world.at(self.later(1)) as tx:
            meetings.set_link(tx, world[OPERATOR], meeting, self.venues["hall"], Link.DOWN)
        with world.at(self.later(3)) as tx:
            meetings.set_link(tx, world[OPERATOR], meeting, self.venues["hall"], Link.UP)
        self.hear("maxiaohui", Side.CON, 2, (OPERATOR, "hall"))
        build = self.vote(
            polls.Draft(
                "同意在北侧楼梯间外加装平层入户电梯。 Build a step-free lift on the north side.",
                method="majority",
                rule={"threshold": ">=2/3", "base": "present"},
            ),
            dict(zip((*ONLINE, CHAIR), ("yes",) * 5 + ("no", "abstain"), strict=True)),
            hands={"main": {"yes": 8, "no": 1}, "hall": {"yes": 5, "abstain": 1}},
        )
        world.do(self.later(1), meetings.close_item, chair, meeting)
        world.do(self.later(1), meetings.open_item, chair, meeting, items["share"])
        self.hear("yuanyuan", Side.NEITHER, 1.5, ("clerk", "main"))
        everyone = (*MAIN, *HALL, OPERATOR, *ONLINE, CHAIR)
        share = self.vote(
            polls.Draft(
                "同意按楼层系数分摊，困难家庭三年分期。 "
                "Share by floor, three years to pay in hardship.",
                method="majority",
                secrecy=Secrecy.SECRET,
            ),
            {login: "no" if login in ("marco", "penglei") else "yes" for login in everyone[:-1]},
            instead={HOLDER: (PRINCIPAL, "yes")},
        )
        world.do(self.later(1), meetings.close_item, chair, meeting)
        world.do(self.later(2), meetings.step, chair, meeting, Act.ADJOURN)
        return {"build": build, "share": share}


def _none_refused(answers: Sequence[object]) -> None:
    for answer in answers:
        if isinstance(answer, Exception):
            raise answer


def tell(world: World) -> Finished:
    """From the first word to the end of the meeting."""
    place, items, said = consult(world)
    meeting, venues = convene(world, place, items)
    voted = Evening(world, meeting, venues).run(items)
    return Finished(place, items, said, meeting, voted)
