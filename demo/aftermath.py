"""After the meeting of block 2: minutes, decisions, the outcome, and tasks in every state."""

from datetime import timedelta

from sqlalchemy import select
from sqlmodel import col

from demo.finished import CHAIR, Finished
from demo.world import World
from forum.consultations import service as consultations
from forum.consultations.models import Stage
from forum.followups import service as tasks
from forum.followups.models import Rating, Result
from sessions.minutes import service as minutes
from sessions.minutes.account import Account, Fate, Reply
from sessions.minutes.models import Change, Minutes
from sessions.minutes.queries import minutes as queries

BUILD = """在二号楼北侧楼梯间外加装平层入户电梯一台；自行车棚东移四米；夜间室内噪声不超过三十分贝，验收时由第三方检测。

One step-free lift outside the north staircase; the bicycle shed moves four metres east; no more than 30 dB indoors at night, measured by a third party before the final payment.
"""
SHARE = """费用按楼层系数分摊：一楼 0，二楼 0.3，三楼 1，以上每层加 0.3；困难家庭可分三年付清，由业主小组垫付。

Shared by floor: 0, 0.3, 1, then 0.3 more each floor; families in hardship pay over three years.
"""


def decide(world: World, done: Finished) -> dict[str, int]:
    """Decisions, circulated and approved minutes; returns the decisions by item."""
    chair, secretary = world[CHAIR], world["shu"]
    with world.at(world.ago(44, 9)) as tx:
        found = tx.execute(select(col(Minutes.id)).where(col(Minutes.meeting_id) == done.meeting))
        book = found.scalar_one()
        decisions = {
            key: minutes.decide(
                tx,
                secretary,
                minutes.Draft(done.items[key], title, body, poll=done.polls[key]),
            )
            for key, title, body in (
                ("build", "在北侧加装平层入户电梯 · Build on the north side", BUILD),
                ("share", "按楼层系数分摊费用 · Share the cost by floor", SHARE),
            )
        }
    with world.at(world.ago(44, 10)) as tx:
        seen = queries.minutes_access(tx, secretary, book)
        sections = queries.record(tx, seen.minutes).sections
        minutes.correct(
            tx,
            secretary,
            book,
            entry=sections[-1].key,
            change=Change.ADD,
            words="会后业主小组五人留下核对分摊表，无异议。",
        )
        minutes.circulate(tx, secretary, book, until=world.ago(41, 18))
    with world.at(world.ago(43, 20)) as tx:
        asked = minutes.ask(
            tx, world["penglei"], book, words="请写明：一楼减少的日照不超过十五分钟，以报告为准。"
        )
    with world.at(world.ago(42, 9)) as tx:
        minutes.answer(tx, secretary, book, asked, taken=True, words="已补入北侧方案的说明。")
        minutes.correct(
            tx,
            secretary,
            book,
            entry=sections[-1].key,
            change=Change.ADD,
            words="彭磊（一楼）要求写明：一楼减少的日照不超过十五分钟，以日照分析报告为准。",
        )
    with world.at(world.ago(40, 9)) as tx:
        minutes.sign(tx, secretary, book)
    with world.at(world.ago(40, 10)) as tx:
        minutes.sign(tx, chair, book)
    return decisions


def publish(world: World, done: Finished, decisions: dict[str, int]) -> None:
    """The outcome, with an answer to what was not taken up."""
    said = done.arguments
    account = Account(
        "二号楼加装电梯的协商成果 · Outcome for block 2",
        "到会人员以三分之二以上通过：在北侧加装平层入户电梯；费用按楼层系数分摊。\n\n"
        "*Carried by two thirds of those present: a step-free lift on the north side; the cost "
        "shared by floor.*",
        "北侧方案对一楼日照影响最小，且不动南面两棵香樟；按系数分摊是讨论中得到最多赞同的办法。",
        tuple(decisions.values()),
        (
            Reply(said[2], Fate.TAKEN_UP, "先定位置：日照报告公开后才表决，一楼采光写入纪要。"),
            Reply(said[7], Fate.TAKEN_UP, "第三方检测、三十分贝写入决议。"),
            Reply(said[9], Fate.ANSWERED, "困难家庭三年分期，由业主小组垫付。"),
            Reply(said[11], Fate.DEFERRED, "机房钥匙由谁保管，待签维保合同时确定。"),
        ),
    )
    chair = world[CHAIR]
    world.do(world.ago(39, 9), consultations.move_stage, chair, done.place, Stage.PUBLISHING)
    outcome = world.do(world.ago(38, 15), minutes.write, world["rong"], done.place, account)
    world.do(world.ago(38, 16), minutes.publish, world["rong"], outcome)
    world.do(world.ago(37, 9), consultations.move_stage, chair, done.place, Stage.FOLLOWING)


def follow(world: World, decisions: dict[str, int]) -> None:
    """Tasks in every state: closed, answered, under way, overdue, returned, fresh."""
    rong, hui, office = world["rong"], world["hui"], world["chengjian"]

    def give(
        title: str, body: str, due_in: int, *, by: str, key: str = "build", given: int = 36
    ) -> int:
        work = minutes.Work(
            title, body, world[by].id, "", rong.id, world.begun + timedelta(days=due_in)
        )
        return world.do(world.ago(given, 10), minutes.give_task, rong, decisions[key], work)

    kept = give("公布逐窗日照报告 · Publish the daylight report", "贴到每个楼道。", -20, by="hui")
    world.do(world.ago(35, 9), tasks.accept, hui, kept)
    world.do(world.ago(33, 9), tasks.progress, hui, kept, "规划院已出报告，正在逐户编号。")
    answered = "报告已贴在六个楼道，电子版见联络站。"
    world.do(world.ago(30, 9), tasks.answer, hui, kept, result=Result.SOLVED, words=answered)
    for login in ("hanmei", "penglei", "noor"):
        world.do(world.ago(29, 20), tasks.rate, world[login], kept, rating=Rating.SATISFIED)
    world.do(world.ago(22, 9), tasks.close, rong, kept, "居民满意，办结。")

    shed = give("自行车棚东移四米 · Move the bicycle shed", "含照明和监控。", -8, by="hui")
    world.do(world.ago(34, 9), tasks.accept, hui, shed)
    moved = "车棚已移，照明已通。"
    world.do(world.ago(20, 9), tasks.answer, hui, shed, result=Result.SOLVED, words=moved)
    why = "监控还没有装，晚上不放心。"
    world.do(
        world.ago(19, 19), tasks.rate, world["noor"], shed, rating=Rating.DISSATISFIED, words=why
    )
    again = "监控已装好，覆盖整个车棚。"
    world.do(world.ago(4, 10), tasks.answer, hui, shed, result=Result.SOLVED, words=again)

    permit = give("申报规划许可 · Apply for the permit", "材料一次备齐。", 20, by="chengjian")
    world.do(world.ago(34, 10), tasks.accept, office, permit)
    world.do(world.ago(25, 10), tasks.progress, office, permit, "材料已受理，进入公示期。")
    world.do(world.ago(9, 10), tasks.progress, office, permit, "公示期满，无异议，正在出证。")

    late = give("燃气立管改移方案 · Plan for moving the gas pipe", "与燃气公司会签。", -5, by="hui")
    world.do(world.ago(33, 11), tasks.accept, hui, late)
    world.do(world.ago(15, 11), tasks.progress, hui, late, "燃气公司已踏勘，等报价。")
    world.do(world.ago(2, 11), tasks.urge, rong, late, "已超期，请本周内给出日期。")

    back = give(
        "三年分期协议 · Agreement on instalments", "范本一户一份。", 10, by="hui", key="share"
    )
    wrong = "分期由业主小组与住户签订，不属物业职责，建议转城建办指导。"
    world.do(world.ago(31, 9), tasks.give_back, hui, back, wrong)

    give(
        "补助改为按进度拨付的建议 · Grant by progress", "向区里提出。", 25, by="chengjian", given=3
    )
    plan = give(
        "楼道无障碍坡道 · A ramp at the door", "与电梯同步验收。", 40, by="chengjian", given=30
    )
    world.do(world.ago(28, 9), tasks.accept, office, plan)
    later = "列入明年三月的改造计划。"
    world.do(world.ago(12, 9), tasks.answer, office, plan, result=Result.PLANNED, words=later)
