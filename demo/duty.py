"""A duty report of twelve days ago: asked, answered by word and in writing, rated."""

from datetime import date, timedelta
from typing import NamedTuple

from demo.world import World
from forum.base import i18n
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Stage, Visibility
from sessions.convening import service as convening
from sessions.duty import service
from sessions.duty.models import DutyReport, Rating
from sessions.duty.service import rating
from sessions.meetings import program
from sessions.meetings import queries as meetings
from sessions.meetings import service as sitting
from sessions.meetings.rules import Act

PURPOSE = """代表每年向选民述职一次：一年做了什么、还差什么，选民当面问、事后评。

*Once a year our representative reports on what was done and what was not; voters ask, and rate.*"""

REPORT = """各位选民：过去一年我接待来访 **96** 人次，收到意见建议 61 条，办结 48 条，正在办 9 条，转为代表建议 4 件。

## 办成的事

- 二号楼加装电梯：协商通过，方案已公开，正在报批；
- 五号楼前照明：更换路灯 6 盏；
- 医保卡激活：与便民中心约定，老人可由社区陪同办理。

## 没办好的事

- 东门停车：提了三次方案，居民意见不一，今年继续协商；
- 36 路末班车：交通部门尚未答复。

*In short: 96 visits, 61 suggestions, 48 settled. Parking at the east gate is still open.*
"""
PEOPLE = (
    *("wangxl", "laozhang", "sunjie", "limin", "zhoujl", "xiaoyu", "guoa", "wuguofu"),
    *("fenglaoshi", "lvdage", "priya", "grace"),
)


class Asked(NamedTuple):
    """A question: who asks, how many stand behind it, and what came of it."""

    login: str
    words: str
    backers: int
    by_name: bool = True
    by_word: bool = False
    answer: str = ""
    declined: str = ""


QUESTIONS = (
    Asked("guoa", "二号楼的电梯到底哪一天动工？我们三号楼什么时候轮到？", 9, by_word=True),
    Asked(
        "limin",
        "东门停车收费以后，占消防通道的车还是那么多，您准备怎么推动？",
        7,
        by_word=True,
        answer="会上说过的补充如下：本月内请城管、物业和业主小组现场划线，结果在本站公开。",
    ),
    Asked(
        "priya",
        "Could the station open one evening a week? 联络站能不能每周开放一个晚上？",
        4,
        answer="可以试行：下月起每周四 18:30–20:00 开放，由我和郑刚代表轮流值班，试行三个月。",
    ),
    Asked("lvdage", "去年说的小广场健身器材，为什么到现在还没有装？", 3, by_name=False),
    Asked(
        "zhoujl",
        "某某干部是不是收了物业的好处？",
        0,
        declined="涉及对个人的指控，请向纪检机关反映。",
    ),
)


def tell(world: World) -> int:
    """From the notice to the published rating; one answer is still owed. Returns the report."""
    chair, rong = world["liqin"], world["rong"]
    meeting, report = _announce(world)
    with world.at(world.ago(12, 18, 50)) as tx:
        (venue, *_rest) = (row.id for row in meetings.venues(tx, meeting))
        items = [slot.item_id for slot in program.slots(tx, meeting)]
        present = [world[login].id for login in (*PEOPLE, "rong", "shu")]
        sitting.check_in(tx, world["clerk"], meeting, venue, present)
    with world.at(world.ago(12, 19)) as tx:
        sitting.step(tx, chair, meeting, Act.START)
        sitting.open_item(tx, chair, meeting, items[0])
    with world.at(world.ago(12, 19, 22)) as tx:
        sitting.close_item(tx, chair, meeting)
        sitting.open_item(tx, chair, meeting, items[1])
    open_ones = _ask(world, report)
    with world.at(world.ago(12, 20)) as tx:
        service.end(tx, chair, report)
        sitting.close_item(tx, chair, meeting)
        sitting.step(tx, chair, meeting, Act.ADJOURN)
    for question, words in open_ones.items():
        world.do(world.ago(9, 10), service.write_answer, rong, question, words)
    for number, login in enumerate(PEOPLE):
        given = Rating.SATISFIED if number % 4 else Rating.MOSTLY
        words = "说得实在，停车的事请抓紧。" if number == 3 else ""
        with world.at(world.ago(11, 9, number)) as tx:
            service.rate(tx, world[login], report, given, words)
    with world.at(world.ago(5, 20)) as tx:
        rating.close(tx, tx.get_one(DutyReport, report))
    return report


def _announce(world: World) -> tuple[int, int]:
    chair, starts = world["liqin"], world.ago(12, 19)
    draft = consultations.Draft(
        title="荣海燕代表述职 · Our representative reports",
        summary="一年做了什么、还差什么，选民来问、选民来评。 Ask your representative.",
        purpose=PURPOSE,
        visibility=Visibility.PUBLIC,
        eligibility=Eligibility.OPEN,
        zone="Asia/Shanghai",
    )
    with i18n.using("zh_Hans_CN"), world.at(world.ago(21, 9)) as tx:
        station = world.stations["lilac"]
        place = consultations.create(tx, chair, draft, station=station, stage=Stage.DELIBERATING)
        title = "荣海燕代表述职会 · Duty report"
        facts = sitting.Draft(title, starts, starts + timedelta(minutes=90), ">=0/1")
        plan = convening.Plan(
            "duty_report", facts, (starts,), "丁香苑议事厅 Lilac hall", "丁香路 8 号", True, True
        )
        meeting = convening.prepare(tx, chair, place, plan)[0]
        first = program.slots(tx, meeting)[0].item_id
        year = starts.year - 1
        about = service.Draft(date(year, 1, 1), date(year, 12, 31), first, 21, 7)
        report = service.announce(tx, world["shu"], meeting, world["rong"].id, about)
        convening.convene(tx, chair, meeting)
    world.do(world.ago(15, 20), service.write, world["rong"], report, REPORT)
    return meeting, report


def _ask(world: World, report: int) -> dict[int, str]:
    """The questions of that evening, the most wanted first; returns what is answered later."""
    chair, made = world["liqin"], []
    for number, asked in enumerate(QUESTIONS):
        with world.at(world.ago(12, 19, 4 + number)) as tx:
            who = world[asked.login]
            made.append(service.ask(tx, who, report, asked.words, by_name=asked.by_name))
            if asked.declined:
                service.decline(tx, world["shu"], made[-1], asked.declined)
                continue
            service.admit(tx, world["shu"], made[-1])
            backers = [login for login in PEOPLE if login != asked.login][: asked.backers]
            for login in backers:
                service.support(tx, world[login], made[-1])
    later = {}
    for number, (question, asked) in enumerate(zip(made, QUESTIONS, strict=True)):
        if asked.answer:
            later[question] = asked.answer
        if asked.by_word:
            world.do(world.ago(12, 19, 25 + 8 * number), service.put, chair, question)
            world.do(world.ago(12, 19, 31 + 8 * number), service.answered, chair, question)
    return later
