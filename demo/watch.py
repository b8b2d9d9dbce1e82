"""What moderators have before them: texts that wait, reports, measures, an appeal to decide."""

from typing import Any, NamedTuple

from demo.world import World
from forum.arguments import service as arguments
from forum.arguments.models import Stance
from forum.base.db import Db
from forum.base.refs import ref
from forum.consultations import service as consultations
from moderation.oversight import service as oversight
from moderation.oversight.models import Act, AppealState
from moderation.oversight.queries import measures
from moderation.reports import service as reports
from moderation.reports.models import Rule


class Said(NamedTuple):
    """A text that a moderator looks at: who wrote it, where, and who reported it for what."""

    login: str
    item: str
    body: str
    reports: tuple[tuple[str, Rule, str], ...] = ()


SCREENS: dict[str, dict[str, Any]] = {
    "word_list": {"on": True, "words": ["骗子", "回扣", "加微信", "scam"]},
    "first_posts": {"on": True, "posts": 1, "days": 14},
}
ATTACK = "对事不对人：请说一楼补偿的算法，不要说一楼的人。"
# Held by a screen, and waiting still.
HELD = (
    Said("lvdage", "upkeep", "维保报价里一半是回扣，谁签字谁心里清楚！"),
    Said("heshifu", "cost", "刚搬来三单元，想问一句：租户要不要分摊？房东说跟我没关系。"),
    Said("xiaoding", "cost", "加装电梯找我们，全包只要三十八万，加微信领优惠。"),
)
# Out, and reported.
REPORTED = (
    Said(
        "qianwei",
        "ground",
        "说来说去，一楼就是想多要钱，装什么可怜。",
        (("limin", Rule.ATTACK, "这是在骂人。"), ("daniel", Rule.ATTACK, "")),
    ),
    Said(
        "tangjun",
        "upkeep",
        "顺便问一句，谁家要旧冰箱？还能用，自己来搬。",
        (("sofia", Rule.OFF_TOPIC, ""),),
    ),
    Said(
        "marco",
        "upkeep",
        "The foreman of block 9 is at 139 0000 0000. Ring him at night, he deserves it.",
        (("grace", Rule.PRIVACY, "His number, and at night."),),
    ),
)
HIDDEN = Said(
    "panshushu",
    "ground",
    "某些人嘴上说邻里和气，背后到处写举报信，大家心里都有数。",
    (("yezi", Rule.ATTACK, ""), ("emma", Rule.ATTACK, "")),
)
MISJUDGED = Said("tom", "cost", "What did the lift at 7 Osmanthus Lane cost in the end?")
SHARP = Said("chenbo", "cost", "这张表又是拍脑袋算的。")


def submit(tx: Db, world: World, items: dict[str, int], said: Said) -> str:
    """Send a text as from the page; what the screens hold back waits. Returns its ref."""
    found = arguments.submit(
        tx, world[said.login], items[said.item], body=said.body, stance=Stance.NEUTRAL
    )
    about = ref("held" if found.held else "argument", found.id)
    for reporter, rule, note in said.reports:
        reports.file(tx, world[reporter], about, rule, note)
    return about


def _own(tx: Db, world: World, said: Said, about: str) -> int:
    found = measures.mine(tx, world[said.login], about)
    assert found is not None  # noqa: S101 - it was taken a moment ago
    return found.id


def before(world: World, place: int, items: dict[str, int]) -> str:
    """Some days of a moderator's work; returns what was hidden and will be appealed against."""
    chair, admin = world["liqin"], world["admin"]
    with world.at(world.ago(5, 8)) as tx:
        oversight.set_screens(tx, chair, ref("consultation", place), SCREENS)
        for login in ("heshifu", "xiaoding", "anna"):
            consultations.enlist(tx, chair, place, world[login].id)
    with world.at(world.ago(4, 8)) as tx:
        misjudged = submit(tx, world, items, MISJUDGED)
        hidden = submit(tx, world, items, HIDDEN)
        sharp = submit(tx, world, items, SHARP)
    with world.at(world.ago(4, 10)) as tx:
        oversight.act(tx, chair, misjudged, oversight.Deed(Act.HIDE, rule=Rule.OFF_TOPIC))
        taken_back = _own(tx, world, MISJUDGED, misjudged)
    with world.at(world.ago(4, 11)) as tx:
        words = "It is about what a lift costs, which is the topic."
        oversight.appeal(tx, world["tom"], taken_back, words)
    with world.at(world.ago(3, 9)) as tx:
        oversight.decide(
            tx, admin, taken_back, AppealState.OVERTURNED, "It belongs to the topic. Restored."
        )
        oversight.act(tx, chair, hidden, oversight.Deed(Act.HIDE, Act.WARN, Rule.ATTACK, ATTACK))
        oversight.act(
            tx,
            chair,
            sharp,
            oversight.Deed(Act.ASK, rule=Rule.OTHER, words="请写明哪一行算得不对。"),
        )
    return hidden


def today(world: World, items: dict[str, int], hidden: str) -> None:
    """What came in since yesterday waits in the queue, and an appeal for somebody else to decide."""
    with world.at(world.ago(1, 6)) as tx:
        mine = _own(tx, world, HIDDEN, hidden)
        words = "我没有点任何人的名，说的是现象。请换一位同志看看。"
        oversight.appeal(tx, world["panshushu"], mine, words)
    with world.at(world.ago(1, 7)) as tx:
        for said in (*REPORTED, *HELD):
            submit(tx, world, items, said)
