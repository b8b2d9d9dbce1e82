"""How the station is run: its words and rules, people's addresses and wishes, slips, the counter."""

from datetime import timedelta

from demo.world import World
from forum.base.db import Db
from forum.base.refs import ref
from forum.base.registry import Group
from forum.members import conduct, inbox
from forum.members import queries as members
from forum.members import service as accounts
from forum.members.identities import ContactKind
from forum.members.models import Mode, TextKind
from forum.members.service import contacts
from forum.outbox import service as outbox
from forum.outbox.models import Pace, Verb
from forum.outbox.rules import Hours, Preset
from forum.stations import service as stations
from forum.stations.service import Newcomer

WELCOME = """这里是丁香苑的邻居们商量事情的地方。每周三下午代表在站里，不用预约；不会用手机的，小陈帮您写、帮您读。

*This is where the neighbours of Lilac Court talk things over. Our representatives are here on Wednesday afternoons; if phones are not your thing, Chen writes and reads for you.*
"""
RULES = """1. 对事不对人：说方案的好坏，不说人的好坏。
2. 一次说清一件事，讲出理由；说过的不必再说。
3. 不写别人的姓名、门牌和电话，不贴别人的照片。
4. 不发广告。
{more}
*Talk about plans, not people. One point at a time, with a reason. No names, numbers or pictures of others. No advertising.*
"""
ADDED = "5. 转发的消息请写明出处。 *Say where a report comes from.*\n"
REACHED = (
    "liqin shu rong hui clerk admin zhengang chengjian sunjie fenglaoshi zhoujl emma daniel grace "
    "priya noor"
).split()
CARDS = (
    ("wangxl", "业主 · Owner", "三号楼，不用手机，通知请送上门"),
    ("laozhang", "业主 · Owner", "三号楼"),
    ("limin", "业主 · Owner", "五号楼一楼"),
    ("sunjie", "业主 · Owner", "三号楼，楼组长"),
    ("emma", "租户 · Tenant", "三号楼"),
    ("priya", "租户 · Tenant", "五号楼"),
    ("tom", "租户 · Tenant", "五号楼"),
)
NEW = {
    "zhounainai": Newcomer("周奶奶", lang="zh_Hans_CN", mode=Mode.ELDER),
    "heshifu": Newcomer("何师傅（三单元）", lang="zh_Hans_CN"),
    "xiaoding": Newcomer("小丁", lang="zh_Hans_CN"),
    "anna": Newcomer("Anna Kowalska", lang="en"),
    "luapo": Newcomer("陆阿婆", lang="zh_Hans_CN", mode=Mode.ELDER),
}


def lilac(world: World) -> str:
    """The station's place."""
    return ref("station", world.stations["lilac"])


def furnish(world: World) -> None:
    """Welcome, rules that everybody accepts, addresses, and what the counter notes of people."""
    place, chair, clerk = lilac(world), world["liqin"], world["clerk"]
    with world.at(world.ago(96, 9)) as tx:
        accounts.write_text(tx, chair, place, TextKind.WELCOME, WELCOME)
        for login in REACHED:
            address = f"{login}@example.org"
            found = contacts.add(tx, world[login], world[login].id, ContactKind.MAIL, address)
            contacts.confirm(tx, world[login], found)
        phone = contacts.add(tx, clerk, world["wangxl"].id, ContactKind.PHONE, "0571 5550 1234")
        contacts.confirm(tx, clerk, phone, place=place)
        for login, category, note in CARDS:
            accounts.note_person(tx, clerk, world[login].id, place, category, note)
    with world.at(world.ago(95, 9)) as tx:
        accounts.write_text(tx, chair, place, TextKind.RULES, RULES.format(more=""))
    with world.at(world.ago(94, 20)) as tx:
        accept(tx, world, [persona.login for persona in world.personas if persona.login != "admin"])


def accept(tx: Db, world: World, logins: list[str]) -> None:
    """These people accept the rules as they now stand."""
    marks = [text.mark for text in conduct.texts(tx, [lilac(world)])]
    for login in logins:
        accounts.accept(tx, world[login], marks)


def listen(world: World, place: int, items: dict[str, int]) -> None:
    """What people follow and mute, and how soon they want to be told."""
    here, item = ref("consultation", place), {key: ref("item", i) for key, i in items.items()}
    wishes = (
        ("wangxl", here, Verb.FOLLOW),
        ("wangxl", item["layout"], Verb.FOLLOW),
        ("sunjie", here, Verb.FOLLOW),
        ("sunjie", item["upkeep"], Verb.MUTE),
        ("emma", item["layout"], Verb.FOLLOW),
        ("emma", lilac(world), Verb.FOLLOW),
        ("rong", here, Verb.FOLLOW),
        ("lvdage", here, Verb.MUTE),
    )
    with world.at(world.ago(5, 7)) as tx:
        for login, about, verb in wishes:
            outbox.wish(tx, world[login], about, verb)
        outbox.choose_preset(tx, world["sunjie"], Preset.FEWER)
        outbox.choose_preset(tx, world["noor"], Preset.LEAST)
        outbox.set_hours(tx, world["emma"], Hours("Europe/London", digest_hour=7))
        outbox.set_hours(tx, world["wangxl"], Hours("Asia/Shanghai", quiet_from=20, quiet_to=8))
        outbox.choose(tx, world["emma"], here, {Group.FOLLOWED: Pace.WEEKLY})


def read_up(world: World) -> None:
    """Everybody has read what there was to read two days ago."""
    with world.at(world.ago(2, 22)) as tx:
        for persona in world.personas:
            inbox.mark_read(tx, world[persona.login])


def let_in(world: World) -> None:
    """A sheet of slips in a stairwell, of which some are used; one that was lost; the counter."""
    clerk, station = world["clerk"], world.stations["lilac"]
    until = world.begun + timedelta(days=45)
    with world.at(world.ago(12, 9)) as tx:
        note = "三单元楼道 · Stairwell 3"
        sheet = stations.make_slips(tx, clerk, station, count=24, note=note, until=until)
        lost = stations.make_slips(
            tx, clerk, station, count=12, note="集市摊位 · Market stall", until=until
        )
        stations.withdraw_slips(tx, clerk, lost.id)
    with world.at(world.ago(6, 15)) as tx:
        for login, code in zip(list(NEW)[:-1], sheet.codes, strict=False):
            world.actors[login] = members.actor_of(
                tx, stations.arrive(tx, None, code, NEW[login]).member
            )
        met = stations.register_resident(tx, clerk, station, NEW["luapo"])
        world.actors["luapo"] = members.actor_of(tx, met.member)
        accept(tx, world, ["heshifu", "xiaoding"])
    why = "三号楼停水，上门没有人，打座机。"
    world.do(world.ago(5, 9), contacts.unseal, clerk, world["wangxl"].id, why)


def add_a_rule(world: World) -> None:
    """Yesterday the rules grew by a line: some have accepted them anew, others are asked."""
    with world.at(world.ago(1, 18)) as tx:
        accounts.write_text(
            tx, world["liqin"], lilac(world), TextKind.RULES, RULES.format(more=ADDED)
        )
    with world.at(world.ago(1, 19)) as tx:
        accept(tx, world, ["liqin", "shu", "rong", "clerk", "wangxl", "sunjie", "emma", "priya"])
