"""The running consultation: blocks 3 and 5, deliberating, with a meeting that can be opened."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from demo.threads import thread
from demo.world import ROLES, World
from forum.agenda import service as agenda
from forum.agenda.models import ItemKind, ItemState
from forum.arguments import service as arguments
from forum.arguments.models import Opinion
from forum.base import clock
from forum.base.db import Db
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Stage, Visibility

TITLE = "三、五号楼加装电梯：方案、分摊与施工 · Lifts for blocks 3 and 5"
SUMMARY = (
    "装哪种电梯、钱怎么分、一楼怎么补、施工怎么管。 "
    "Which lift, who pays, and how we live through the works."
)
PURPOSE = """三号楼和五号楼建于 1986 年，六层，无电梯，住户 48 户，其中 60 岁以上老人 31 位。

本次协商要形成四项协商意见，作为向城建办申报的依据：

1. **电梯型式与位置**（平层入户或错层入户；井道在南面或北面）；
2. **费用分摊办法**（按楼层系数，是否兼顾面积）；
3. **一楼住户的补偿**；
4. **施工期间的安排**与后期维护。

业主共同决定依照《民法典》第二百七十八条办理；居民的意见在这里公开讨论、逐条记录、逐条答复。

*Blocks 3 and 5 date from 1986: six floors, no lift, 48 flats, 31 residents over sixty. We are to agree on the kind and place of the lift, the sharing of the cost, what the ground floor is due, and the works. Every point raised here is recorded and answered.*
"""
BRIEFINGS = (
    (
        "两种方案对照 · The two plans side by side",
        (
            "| | 平层入户 step-free | 错层入户 half-landing |\n|---|---|---|\n"
            "| 造价 cost | 约 86 万元 | 约 62 万元 |\n| 工期 works | 125 天 | 65 天 |\n"
            "| 入户 access | 无台阶 no steps | 上或下九级台阶 nine steps |\n"
            "| 每户平均（扣补助后） per flat, net of the grant | 约 5.5 万元 | 约 3.5 万元 |\n"
        ),
    ),
    (
        "补助与公积金 · Grant and housing fund",
        (
            "市级补助每台 **20 万元**，验收后拨付；业主及其配偶、子女、父母可提取住房公积金。\n\n"
            "The city grants **200,000 yuan** a lift after acceptance; owners and their close family "
            "may draw on the housing fund."
        ),
    ),
    (
        "户数与面积对照 · Heads and area",
        (
            "三号楼 24 户 1,872 平方米；五号楼 24 户 1,904 平方米。参与表决须双过三分之二。\n\n"
            "Block 3: 24 flats, 1,872 m². Block 5: 24 flats, 1,904 m²."
        ),
    ),
)


class Topic(NamedTuple):
    """One item of the agenda and the thread that stands on it."""

    key: str
    above: str | None
    title: str
    body: str
    kind: ItemKind
    minutes: int
    text: str | None


TOPICS = (
    Topic("plan", None, "电梯方案 · The plan", "", ItemKind.DISCUSSION, 40, None),
    Topic(
        "layout",
        "plan",
        "平层入户还是错层入户？ · Step-free or half-landing?",
        "样板楼：桂花里 7 号楼（平层）、槐树街 3 号楼（错层）。",
        ItemKind.DECISION,
        20,
        "layout",
    ),
    Topic(
        "shaft",
        "plan",
        "井道放在南面还是北面？ · Shaft on the south or the north side?",
        "逐窗日照分析报告预计十天内出具。",
        ItemKind.DECISION,
        20,
        "shaft",
    ),
    Topic(
        "cost",
        None,
        "费用怎么分摊？ · How is the cost shared?",
        "草案：一楼 0，二楼 0.3，三楼 1，以上每层加 0.3。",
        ItemKind.DECISION,
        30,
        "cost",
    ),
    Topic(
        "ground",
        None,
        "一楼住户怎么补偿？ · What is the ground floor due?",
        "以日照报告为据，单独表决。",
        ItemKind.DECISION,
        20,
        "ground",
    ),
    Topic(
        "works",
        None,
        "施工期间的安排 · Living through the works",
        "工期约 125 天。时间、通道、停水停气、独居老人送餐。",
        ItemKind.DISCUSSION,
        15,
        "works",
    ),
    Topic(
        "upkeep",
        None,
        "后期维护与管理 · Upkeep",
        "维保合同、每月费用、大修基金。",
        ItemKind.DISCUSSION,
        15,
        "upkeep",
    ),
)


def begin(world: World) -> tuple[int, dict[str, int]]:
    """Open the consultation and its agenda; returns its id and the items by key."""
    draft = consultations.Draft(
        title=TITLE,
        summary=SUMMARY,
        purpose=PURPOSE,
        visibility=Visibility.PUBLIC,
        eligibility=Eligibility.LISTED,
        zone="Asia/Shanghai",
    )
    chair = world["liqin"]
    with world.at(world.ago(21, 10)) as tx:
        place = consultations.create(tx, chair, draft, station=world.stations["lilac"])
        for login in ("rong", "zhengang", "shu", "hui", "chengjian"):
            part = next(p.part for p in world.personas if p.login == login)
            consultations.appoint(tx, world["admin"], place, world[login].id, ROLES[part])
        for login in world.residents("lilac"):
            consultations.enlist(tx, chair, place, world[login].id)
        for login in ("jiangli", "maxiaohui", "hanmei", "noor", "marco", "penglei", "dengshifu"):
            consultations.enlist(tx, chair, place, world[login].id)
        for login in ("yuanyuan", "operator2", "zhengang", "chengjian"):
            consultations.enlist(tx, chair, place, world[login].id)
        for title, body in BRIEFINGS:
            consultations.write_briefing(tx, chair, place, title, body)
    items: dict[str, int] = {}
    with world.at(world.ago(20, 9)) as tx:
        for topic in TOPICS:
            draft_item = agenda.Draft(topic.title, topic.body, topic.kind, topic.minutes)
            above = items[topic.above] if topic.above else None
            items[topic.key] = agenda.create(tx, chair, place, draft_item, parent=above)
    with world.at(world.ago(18, 9)) as tx:
        consultations.move_stage(tx, chair, place, Stage.DELIBERATING)
        for item in items.values():
            agenda.change_state(tx, chair, item, ItemState.OPEN)
    return place, items


def argue(world: World, items: dict[str, int], *, first_day: float, days: float) -> None:
    """Let everybody say what they say, spread over the days, and react to one another."""
    crowd = [login for login in world.residents("lilac") if login not in ("liqin", "shu", "admin")]
    for topic in TOPICS:
        if topic.text:
            speak(world, items[topic.key], topic.text, crowd, first_day=first_day, days=days)


def speak(
    world: World, item: int, text: str, crowd: Sequence[str], *, first_day: float, days: float
) -> list[int]:
    """One thread, in its order, and what the crowd thinks of it; returns the arguments' ids."""
    said = thread(text)
    above: list[int] = []
    found: list[int] = []
    with world.at(world.ago(first_day - days, 21)) as tx:
        for n, one in enumerate(said):
            # People write between eight in the morning and ten at night.
            day, rest = divmod(days * (n + 1) / (len(said) + 1), 1)
            with clock.at(world.ago(first_day, 8) + timedelta(days=day, hours=14 * rest)):
                parent = above[one.depth - 1] if one.depth else None
                new = arguments.post(
                    tx, world[one.login], item, body=one.text, stance=one.stance, parent=parent
                )
            above[one.depth :] = [new]
            found.append(new)
        _react(tx, world, found, [one.login for one in said], crowd)
    return found


def _react(
    tx: Db, world: World, found: list[int], authors: list[str], crowd: Sequence[str]
) -> None:
    weights = {Opinion.AGREE: 6, Opinion.DISAGREE: 2, Opinion.PASS: 1}
    for argument, author in zip(found, authors, strict=True):
        for login in world.dice.sample(list(crowd), world.dice.randint(1, 6)):
            if login != author:
                opinion = world.dice.choices(list(weights), list(weights.values()))[0]
                arguments.react(tx, world[login], argument, opinion)
