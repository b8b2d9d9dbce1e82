"""The representatives' reception day: two places and people online at once, under way just now."""

from datetime import datetime, timedelta
from typing import NamedTuple

from demo.world import World
from forum.base import i18n
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Stage, Visibility
from forum.members import service as accounts
from forum.members.models import Role
from sessions.convening import service as convening
from sessions.meetings import queries as meetings
from sessions.meetings import service as attendance
from sessions.meetings.models import VenueKind
from sessions.meetings.rules import Act as Step
from sessions.reception import service
from sessions.reception.categories import Category
from sessions.reception.models import Refusal, Route
from sessions.reception.rules import Act
from sessions.reception.service import Handling, Promise, Said, Who

PURPOSE = """每月第三个星期三，代表在丁香苑和桂花里两个联络站接待居民，线上同步。

当场能答的当场答；答不了的，谁办、何时办完，当场说清楚。

*Every third Wednesday, representatives receive whoever comes: at two stations and online.*"""


class Visit(NamedTuple):
    """Somebody who came: after how many minutes, where, before whom, and what they said."""

    minutes: int
    kind: VenueKind
    rep: str
    who: str | Who
    said: Said
    handling: Handling | None = None
    promise: tuple[str, str, str, int] | None = None  # title, what, handler, days


VISITS = (
    Visit(
        5,
        VenueKind.MAIN,
        "rong",
        "guoa",
        Said(
            "五号楼前的路灯坏了两盏，晚上跳完舞回家看不清台阶，上周有人绊了一跤。",
            Category.SAFETY,
            "五号楼东侧台阶",
            open=True,
        ),
        Handling(Route.NEIGHBOURHOOD, "请物业先补两盏灯，再查整条路的照度。"),
        ("补好五号楼前的路灯", "两盏路灯换新，台阶边贴反光条。", "hui", 7),
    ),
    Visit(
        18,
        VenueKind.MAIN,
        "rong",
        Who(None, "陆阿婆", "0571-5550 0136", "丁香苑 2 幢 301"),
        Said("医保卡到医院说要重新激活，我不会弄，子女都在外地。", Category.WELFARE),
        Handling(
            Route.ON_THE_SPOT,
            answer="已当场电话问清：带身份证到街道便民中心 3 号窗口，五分钟办好；社区明天上午派人陪同。",
        ),
    ),
    Visit(
        12,
        VenueKind.SUB,
        "zhengang",
        "dengshifu",
        Said(
            "公交 36 路末班是晚上 8 点半，厂里 9 点下班，只能走四十分钟。希望延到 9 点半。",
            Category.TRAFFIC,
            "桂花里公交站",
            named=True,
            open=True,
        ),
        Handling(Route.PROPOSAL, "了解乘车人数后，作为代表建议向区里提出。"),
        ("提出延长 36 路末班的代表建议", "先统计两周夜班乘车人数，再提交建议。", "chengjian", 30),
    ),
    Visit(
        33,
        VenueKind.SUB,
        "zhengang",
        Who(None, "倪先生", "138 0000 0168"),
        Said("邻居装修砸坏我家卫生间，已经起诉到法院，想请代表帮忙催判。", Category.HOUSING),
        Handling(
            Route.DECLINED,
            refusal=Refusal.LITIGATION,
            elsewhere="案件进度问承办法官或拨打 12368；需要帮助可到街道公共法律服务站（周一至周五）。",
        ),
    ),
    Visit(
        25,
        VenueKind.ONLINE,
        "rong",
        "priya",
        Said(
            "The playground gate is too narrow for a double pram. "
            "小广场的门太窄，双人婴儿车进不去。",
            Category.ENVIRONMENT,
            "Lilac Court playground",
            open=True,
        ),
    ),
)


def hold(world: World) -> int:
    """Convened in time, opened an hour ago; the last visitors are waiting. Returns the meeting."""
    begun = (world.begun - timedelta(minutes=70)).replace(second=0, microsecond=0)
    meeting = _convene(world, begun)
    with world.at(begun) as tx:
        attendance.step(tx, world["liqin"], meeting, Step.START)
        venues = {row.kind: row.id for row in meetings.venues(tx, meeting)}
    for visit in VISITS:
        _receive(world, meeting, venues[visit.kind], visit, begun)
    for minutes, kind, clerk in ((52, VenueKind.MAIN, "clerk"), (55, VenueKind.SUB, "operator2")):
        with world.at(begun + timedelta(minutes=minutes)) as tx:
            service.come(tx, world[clerk], meeting, venues[kind], Who())
    with world.at(begun + timedelta(minutes=58)) as tx:
        service.take_number(tx, world["emma"], meeting)
    return meeting


def _convene(world: World, starts: datetime) -> int:
    chair = world["liqin"]
    # The type names what it prepares in the language of whoever does.
    with i18n.using("zh_Hans_CN"), world.at(world.ago(8, 9)) as tx:
        place = consultations.create(
            tx,
            chair,
            consultations.Draft(
                title="人大代表接待日 · Representatives' reception day",
                summary="听您说，当场记，事事有回音。 We listen, write it down, and come back to you.",
                purpose=PURPOSE,
                visibility=Visibility.PUBLIC,
                eligibility=Eligibility.OPEN,
                zone="Asia/Shanghai",
            ),
            station=world.stations["lilac"],
            stage=Stage.DELIBERATING,
        )
        for login, role in (("zhengang", Role.REPRESENTATIVE), ("chengjian", Role.HANDLER)):
            accounts.grant(tx, None, world[login].id, role, f"consultation:{place}")
        title = "本月代表接待：线上线下同步 · This month's reception, in two places and online"
        draft = attendance.Draft(title, starts, starts + timedelta(hours=3), ">=0/1")
        plan = convening.Plan(
            "reception", draft, (starts,), "丁香苑联络站 Lilac Court", "丁香路 8 号", True, True
        )
        meeting = convening.prepare(tx, chair, place, plan)[0]
        sub = attendance.Place(
            VenueKind.SUB, "桂花里联络站 Osmanthus Lane", "桂花里 2 号", world["operator2"].id
        )
        attendance.set_venue(tx, chair, meeting, sub)
        convening.convene(tx, chair, meeting)
    return meeting


def _receive(world: World, meeting: int, venue: int, visit: Visit, begun: datetime) -> None:
    rep = world[visit.rep]
    clerk = world["operator2" if visit.kind is VenueKind.SUB else "clerk"]
    who = Who(world[visit.who].id) if isinstance(visit.who, str) else visit.who
    came = begun + timedelta(minutes=visit.minutes)
    with world.at(came) as tx:
        visitor = service.come(tx, clerk, meeting, venue, who)
    with world.at(came + timedelta(minutes=2)) as tx:
        service.move(tx, rep, meeting, visitor, Act.RECEIVE)
    with world.at(came + timedelta(minutes=8)) as tx:
        word = service.record_word(tx, clerk, meeting, visitor, visit.said)
    if visit.handling is None:
        return
    with world.at(came + timedelta(minutes=9)) as tx:
        service.handle(tx, rep, meeting, word, visit.handling)
        if visit.promise is not None:
            title, what, handler, days = visit.promise
            due = world.begun + timedelta(days=days)
            given = Promise(title, what, rep.id, due, world[handler].id)
            service.promise(tx, rep, meeting, word, given)
        service.read_back(tx, clerk, meeting, visitor, confirmed=True, signed=True)
        service.move(tx, clerk, meeting, visitor, Act.FINISH)
