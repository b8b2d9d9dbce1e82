"""A long list is taken in some lines at a time; a machine that dies on the way leaves the rest."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from cast import Cast
from conftest import Client
from sqlalchemy import func, select
from sqlmodel import col

from forum.base import clock, ticker
from forum.base.db import reading, transaction
from forum.base.events import Audience, Stored, history
from forum.base.verify import verify
from forum.members import intake, lists, service, sheets, taking
from forum.members.models import Member, PersonCard, RoleGrant

PEOPLE = 70
TEXT = "name,login,role,category\n" + "".join(
    f"Neighbour {n},{f'neighbour-{n}' if n % 3 else ''},,owner\n" for n in range(PEOPLE)
)
DIES = """
import os, signal
from forum.base import registry
registry.load()
from forum.base.db import reading
from forum.members import queries, service, taking
take, turns = service.take_some, []
def dying(tx, *rest):
    take(tx, *rest)
    turns.append(1)
    if len(turns) == 3:
        os.kill(os.getpid(), signal.SIGKILL)  # all of it is written, nothing committed
service.take_some = dying
with reading() as db:
    actor = queries.actor_of(db, {actor})
taking.take_in_sheet(actor, {sheet})
"""


def dies(data: Path, cast: Cast) -> int:
    """A list that a process began to take in; returns its id."""
    with transaction() as tx:
        sheet = service.keep_sheet(tx, cast.clerk, f"station:{cast.station}", TEXT)
    code = DIES.replace("{actor}", str(cast.clerk.id)).replace("{sheet}", str(sheet))
    environment = os.environ | {"FOLKMOOT_DATA": str(data)}
    child = subprocess.run([sys.executable, "-c", code], env=environment, check=False)
    assert child.returncode == -signal.SIGKILL
    return sheet


def people() -> tuple[int, int, int]:
    """How many of the list have an account, a role, a card."""
    with reading() as db:
        theirs = select(col(Member.id)).where(col(Member.name).startswith("Neighbour"))
        counts = [
            db.execute(select(func.count()).select_from(query.subquery())).scalar_one()
            for query in (
                theirs,
                select(RoleGrant).where(col(RoleGrant.member_id).in_(theirs)),
                select(PersonCard).where(col(PersonCard.member_id).in_(theirs)),
            )
        ]
    return counts[0], counts[1], counts[2]


def told(cast: Cast) -> list[Stored]:
    """What the place's log says of lists."""
    with reading() as db:
        found = history(db, f"station:{cast.station}", audience=Audience.MODERATOR)
    return [stored for stored in found if stored.kind == "members:people:taken"]


def test_whoever_presses_again_goes_on(client: Client, cast: Cast, data: Path) -> None:
    sheet = dies(data, cast)
    begun = 2 * taking.LINES
    assert people() == (begun, begun, begun)  # whole people, none half made
    clerk, page = client("clerk"), f"/people/lists/{sheet}"
    shown = clerk.get(page).text
    assert f"{begun} new people were taken in" in shown
    assert f"Take in {PEOPLE - begun} lines" in shown
    assert clerk.post(page).status_code == 303
    assert people() == (PEOPLE, PEOPLE, PEOPLE)
    assert "This is done." in clerk.get(page).text
    (stored,) = told(cast)
    assert stored.payload["new"] == PEOPLE
    with reading() as db:
        assert len(lists.newcomers(db, cast.clerk, sheet)[1]) == PEOPLE
        assert verify(db).faults == []
    assert clerk.post(page).status_code == 409


def test_what_was_begun_is_told_where_nobody_goes_on(cast: Cast, data: Path) -> None:
    dies(data, cast)
    assert told(cast) == []
    with clock.travel(days=1, seconds=1):
        ticker.run_due()
    (stored,) = told(cast)
    assert stored.payload["new"] == 2 * taking.LINES


def test_a_list_judged_in_parts_comes_to_the_same(cast: Cast) -> None:
    """A name twice, far apart, is found; a second role of one person is given."""
    place = f"station:{cast.station}"
    far = [f"Filler {n}" for n in range(2 * taking.LINES)]
    rows = ["Ann,", "Bo,bo-1", *(f"{name}," for name in far), "Ann,", "Bo,bo-1,secretary"]
    lines = sheets.lines("name,login,role\n" + "\n".join(rows) + "\n")
    with reading() as db:
        whole = intake.tally(intake.judge(db, None, place, lines))
    assert taking.take_in(place, lines) == whole
    assert (whole["bad"], whole["role"], whole["new"]) == (1, 1, 2 + len(far))
    assert taking.take_in(place, lines) == whole | {
        "new": 0, "role": 0, "known": whole["new"] + whole["role"],
    }  # fmt: skip
