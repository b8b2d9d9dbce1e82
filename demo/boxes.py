"""A vote with a box of papers beside the electronic ballots, read and closed by two clerks."""

from demo.upcoming import cast, opened
from demo.world import World
from voting.papers import service as papers
from voting.papers.models import Kind
from voting.polls import service as polls
from voting.polls.models import Secrecy

QUESTION = (
    "施工期间在三号楼门厅放一条长凳，供老人歇脚。 "
    "A bench in the hall of block 3 while the works last, for whoever needs a rest."
)
EXPLANATION = """不用手机的邻居，上午九点到十一点在三号楼门厅向小陈领一张纸票，填好折起来投进票箱；领了纸票就不能再在网上投。

*Neighbours without a phone get a paper from Chen in the hall, from nine to eleven in the morning, and put it folded into the box. Whoever takes one does not vote online.*
"""
BOX = "三号楼门厅票箱 · Box in the hall of block 3"
MISSING = (
    "发出七张，箱里六张：有一位邻居把票落在女儿家，来电话说赶不回来，不投了。 "
    "Seven went out, six lay in the box: a neighbour left theirs at their daughter's and rang up."
)
TAKERS = ("wangxl", "laozhang", "guoa", "fenglaoshi", "panshushu", "wuguofu", "lvdage", "qianwei")
ONLINE = {
    "xiaoyu": "yes", "priya": "yes", "grace": "yes", "emma": "yes", "zhoujl": "no",
    "qianwei": "abstain",
}  # fmt: skip
YES, NO, BLANK = (Kind.VALID, "yes"), (Kind.VALID, "no"), (Kind.BLANK, "")
# The cross on the fourth stands beside its box: one clerk reads a vote there, the other none.
FIRST = (YES, YES, NO, YES, YES, BLANK)
SECOND = (YES, YES, NO, BLANK, YES, BLANK)


def bench(world: World, items: dict[str, int]) -> int:
    """Papers for some, ballots online for others, and one result; a paper did not come back."""
    draft = polls.Draft(
        question=QUESTION,
        explanation=EXPLANATION,
        method="majority",
        secrecy=Secrecy.SECRET,
    )
    made = opened(world, items["works"], draft, days=6)
    box = give_out(world, made)
    cast(world, made, ONLINE, days=5)
    world.do(world.ago(4, 18), polls.close, world["liqin"], made)
    count(world, box)
    world.do(world.ago(4, 20), polls.publish, world["liqin"], made)
    return made


def give_out(world: World, poll: int) -> int:
    """A morning in the hall: one gives the paper back and votes on the telephone after all."""
    clerk = world["clerk"]
    with world.at(world.ago(5, 9)) as tx:
        box = papers.open_box(tx, clerk, poll, BOX)
        for login in TAKERS:
            papers.issue(tx, clerk, box, world[login].id)
    world.do(world.ago(5, 11), papers.hand_back, clerk, poll, world["qianwei"].id)
    return box


def count(world: World, box: int) -> None:
    """Two clerks enter every paper; what they read differently they settle over the paper."""
    clerk, secretary = world["clerk"], world["shu"]
    with world.at(world.ago(4, 18, 30)) as tx:
        papers.begin(tx, clerk, box, len(FIRST))
        for who, read in ((clerk, FIRST), (secretary, SECOND)):
            for place, (kind, mark) in enumerate(read, 1):
                papers.read(tx, who, box, place, kind, mark=mark)
    with world.at(world.ago(4, 19)) as tx:
        papers.settle(tx, secretary, box, 4, Kind.VALID, mark="yes")
        papers.agree(tx, clerk, box, 4)
        papers.confirm(tx, clerk, box, 1, MISSING)
