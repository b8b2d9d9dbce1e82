"""A consultation that gathers topics: begun from a template, people invited by category."""

from datetime import timedelta

from demo.world import World
from forum.agenda import service as agenda
from forum.agenda.models import ItemState
from forum.base import i18n
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Visibility
from forum.members.models import Role
from forum.stations.service import Newcomer

ANSWERS = {
    "title": "三号楼架空层做什么用？ · What to do with the open ground floor",
    "summary": "征集议题中：业主、租户和沿街商户各有名额。 "
    "Gathering topics; places for owners, tenants and shops.",
    "purpose": "三号楼底层架空，约 180 平方米，现在堆着旧自行车。街道今年有 12 万元改造资金。\n\n"
    "先征集议题，再讨论，三个月内形成意见。\n\n"
    "*About 180 m² under block 3 hold old bicycles; there are 120,000 yuan to spend. "
    "Topics first, then the talk.*",
    "visibility": Visibility.PUBLIC.value,
    "eligibility": Eligibility.LISTED.value,
}
# Name, places, who comes; the last of them find all places taken.
INVITED = (
    ("业主 · Owners", 6, ("wangxl", "laozhang", "limin", "zhoujl", "guoa")),
    ("租户 · Tenants", 3, ("emma", "priya", "grace", "tom", "sofia")),
    ("沿街商户 · Shops", 2, ()),
)
GUESTS = (Newcomer("小林理发店", lang="zh_Hans_CN"), Newcomer("Rosa's bakery", lang="en"))
PROPOSED = (
    ("guoa", "棋牌桌和轮椅位 · Tables, with room for wheelchairs", "下雨天老人没地方坐。"),
    ("priya", "A corner to dry laundry · 晾晒角", "North-facing flats get no sun in winter."),
    ("zhoujl", "电动车充电棚 · Charging for e-bikes", "现在飞线充电，危险。"),
)


def plant(world: World) -> int:
    """Set it up, invite, let people come and propose; returns the consultation."""
    chair, station = world["liqin"], world.stations["lilac"]
    # The template speaks Chinese to most who live here.
    with i18n.using("zh_Hans_CN"), world.at(world.ago(6, 9)) as tx:
        setup = consultations.begin_setup(tx, chair, "community", station)
        consultations.answer(tx, chair, setup, ANSWERS)
        for login, role in (("shu", Role.SECRETARY), ("rong", Role.REPRESENTATIVE)):
            consultations.name_person(tx, chair, setup, world[login].id, role)
        place = consultations.finish_setup(tx, chair, setup)
    with world.at(world.ago(5, 10)) as tx:
        codes = []
        for name, quota, _come in INVITED:
            category = consultations.set_category(tx, chair, place, name, quota)
            links = consultations.invite(
                tx,
                chair,
                place,
                category=category,
                note="楼道海报 · Posters in the stairwells",
                until=world.begun + timedelta(days=30),
                guests=not _come,
            )
            codes.append(links.codes[0])
    with world.at(world.ago(4, 19)) as tx:
        for code, (_name, _quota, come) in zip(codes, INVITED, strict=True):
            for login in come:
                consultations.join(tx, world[login], code, None)
        for guest in GUESTS:
            consultations.join(tx, None, codes[-1], guest)
    with world.at(world.ago(3, 20)) as tx:
        topics = [
            agenda.propose(tx, world[login], place, agenda.Draft(title, body))
            for login, title, body in PROPOSED
        ]
        agenda.change_state(tx, chair, topics[0], ItemState.PLANNED)
    return place
