"""A small consultation of last spring, closed and put into the archive, kept as a template."""

from demo.world import World
from forum.agenda import service as agenda
from forum.agenda.models import ItemKind, ItemState
from forum.arguments import service as arguments
from forum.arguments.models import Stance
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Stage, Visibility

DRAFT = consultations.Draft(
    title="分类投放点设在哪里 · Where to put the recycling point",
    summary="已归档：设在东门内侧，带雨棚。 Archived: inside the east gate, under a roof.",
    purpose="撤掉楼道垃圾桶之后，投放点设在东门还是北门。\n\n"
    "*With the bins gone from the stairwells: east gate or north gate?*",
    visibility=Visibility.PUBLIC,
    eligibility=Eligibility.OPEN,
    zone="Asia/Shanghai",
)
SAID = (
    ("guoa", Stance.PRO, "东门顺路，买菜就带下去了。"),
    ("tangjun", Stance.CON, "东门离三号楼窗户太近，夏天有味道。"),
    ("hui", Stance.NEUTRAL, "加雨棚和两次清运，实测下风向二十米没有异味。"),
    ("daniel", Stance.PRO, "East gate, but keep it lit: people come home late."),
)


def tell(world: World) -> int:
    """From its beginning into the archive, in a few weeks; returns the consultation."""
    chair = world["liqin"]
    with world.at(world.ago(93, 10)) as tx:
        place = consultations.create(tx, chair, DRAFT, station=world.stations["lilac"])
        topic = agenda.Draft("东门还是北门？ · East or north?", "", ItemKind.DECISION, 20)
        item = agenda.create(tx, chair, place, topic)
        consultations.move_stage(tx, chair, place, Stage.DELIBERATING)
        agenda.change_state(tx, chair, item, ItemState.OPEN)
    for day, (login, stance, body) in enumerate(SAID):
        with world.at(world.ago(90 - day, 19)) as tx:
            arguments.post(tx, world[login], item, body=body, stance=stance)
    with world.at(world.ago(75, 9)) as tx:
        agenda.change_state(tx, chair, item, ItemState.CLOSED)
        for stage in (Stage.DECIDING, Stage.PUBLISHING, Stage.FOLLOWING):
            consultations.move_stage(tx, chair, place, stage)
    with world.at(world.ago(60, 9)) as tx:
        consultations.move_stage(tx, chair, place, Stage.CLOSED)
        name = "两处选一处 · One place or the other"
        consultations.save_template(tx, chair, place, name)
        consultations.archive(tx, chair, place)
    return place
