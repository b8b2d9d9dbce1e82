"""Four deliberations and two disclosures on the cast's item, with real meetings and votes."""

from datetime import date, timedelta

from cast import Cast
from delegating import elsewhere
from polling import vote
from sitting import Sitting, started
from sqlalchemy import select
from sqlmodel import col

from forum.agenda import queries as items
from forum.agenda import service as agenda
from forum.agenda.models import ItemKind, ItemState
from forum.base import clock, db, ticker
from forum.base.auth import Actor
from forum.consultations import service as consultations
from forum.members.models import Role
from sessions.meetings import service as meetings
from voting.boxes.models import Channel
from voting.methods.common.profiles import PROFILES
from voting.polls import service as polls
from voting.polls.rules import Quorum
from voting.procedures import page, queries, service
from voting.procedures.models import Stage, StageState, State
from voting.procedures.service import Notice, Said

HERE = ("alice", "bob", "dana", "rong", "shu")  # who is there when `started` has begun
NAMES = ("proposal", "consultation", "party", "resolution", "disclosed", "carried_out")


def begun(cast: Cast, item: int | None = None) -> int:
    with db.transaction() as tx:
        return service.begin(tx, cast.alice, item or cast.item, "four_two")


def stages(procedure: int) -> dict[str, int]:
    """The ids of its stages by their names."""
    with db.reading() as tx:
        query = select(col(Stage.name), col(Stage.id)).where(col(Stage.procedure_id) == procedure)
        return {row.name: row.id for row in tx.execute(query)}


def look(cast: Cast, procedure: int, who: Actor | None = None) -> queries.Found:
    with db.reading() as tx:
        return queries.procedure_access(tx, who or cast.alice, procedure)


def states(cast: Cast, procedure: int) -> list[StageState]:
    return [one.state for one in look(cast, procedure).stages]


def state(cast: Cast, procedure: int) -> State:
    return look(cast, procedure).course.state


def marks(cast: Cast, procedure: int) -> list[str]:
    """How the line of its stages is drawn."""
    return [line.state for line in page.lines(look(cast, procedure))]


def item_state(cast: Cast) -> ItemState:
    with db.reading() as tx:
        return items.item_access(tx, cast.alice, cast.item).item.state


def today() -> date:
    return (clock.now() + timedelta(hours=8)).date()  # in Shanghai, where the cast lives


def said(cast: Cast, stage: int, *, agreed: bool = True, who: str = "shu") -> None:
    words = Said("The branch, 5 of 5", today(), "The lift is **needed**.", agreed)
    with db.transaction() as tx:
        service.record_stage(tx, cast[who], stage, words)


def posted(cast: Cast, stage: int, *, days: int = 7, who: str = "shu") -> None:
    notice = Notice("The lift is resolved.", "The board at the gate", today(), days)
    with db.transaction() as tx:
        service.post(tx, cast[who], stage, notice)


def sat(cast: Cast, item: int | None = None) -> Sitting:
    """A meeting in session with the item called up."""
    with db.transaction() as tx:
        sitting = started(tx, cast)
        if item is not None and item != cast.item:
            meetings.add_item(tx, cast.alice, sitting.meeting, item)
        meetings.open_item(tx, cast.alice, sitting.meeting, item or cast.item)
    return sitting


def draft(law: str, **changed: str) -> polls.Draft:
    """A vote by a majority of law, as its form makes it."""
    one = PROFILES[law]
    rule = {**one.settings, **changed}
    return polls.Draft(
        "Shall the lift be built?",
        method=one.method,
        rule=rule,
        quorum=Quorum.read(one.quorum),
        profile="" if changed else law,
    )


def prepared(cast: Cast, sitting: Sitting, law: str, **changed: str) -> int:
    with db.transaction() as tx:
        asked = draft(law, **changed)
        return meetings.hold_poll(tx, cast.alice, sitting.meeting, asked, channel=Channel.ONLINE)


def opened(cast: Cast, sitting: Sitting, poll: int) -> None:
    with db.transaction() as tx:
        meetings.open_poll(tx, cast.alice, sitting.meeting, poll)


def published(
    cast: Cast, sitting: Sitting, poll: int, choice: str = "yes", absent: str = ""
) -> None:
    """Everybody there answers the same, and the result is announced."""
    for name in (one for one in HERE if one != absent):
        vote(cast[name], poll, choice)
    with db.transaction() as tx:
        meetings.close_poll(tx, cast.alice, sitting.meeting, poll)
        meetings.publish_poll(tx, cast.alice, sitting.meeting, poll)


def decided(cast: Cast, sitting: Sitting, law: str, choice: str = "yes") -> int:
    """A vote held from its making to its result."""
    poll = prepared(cast, sitting, law)
    opened(cast, sitting, poll)
    published(cast, sitting, poll, choice)
    return poll


def to_the_vote(cast: Cast, item: int | None = None) -> tuple[int, dict[str, int]]:
    """Proposed and conferred on; the party members' assembly is next."""
    procedure = begun(cast, item)
    known = stages(procedure)
    said(cast, known["proposal"])
    said(cast, known["consultation"], who="alice")
    return procedure, known


def later(days: float) -> None:
    """Let what falls due until then be done, as if it were then."""
    with clock.at(clock.now() + timedelta(days=days)):
        ticker.run_due()


def _items(cast: Cast, *titles: str) -> list[int]:
    made = []
    with db.transaction() as tx:
        for title in titles:
            about = agenda.Draft(title, "It **floods**.", ItemKind.DECISION)
            made.append(agenda.create(tx, cast.alice, cast.consultation, about))
            agenda.change_state(tx, cast.alice, made[-1], ItemState.OPEN)
    return made


def _next_item(cast: Cast, sitting: Sitting, item: int) -> None:
    with db.transaction() as tx:
        meetings.close_item(tx, cast.alice, sitting.meeting)
        meetings.add_item(tx, cast.alice, sitting.meeting, item)
        meetings.open_item(tx, cast.alice, sitting.meeting, item)


def staging(cast: Cast) -> dict[str | None, list[str]]:
    """Procedures at every kind of stage, one lost, one stopped; returns the pages."""
    cast = elsewhere(cast)
    with db.transaction() as tx:
        consultations.appoint(tx, cast.admin, cast.consultation, cast.shu.id, Role.SECRETARY)
    road, well, trees, bridge, yard = _items(cast, "Road", "Well", "Trees", "Bridge", "Yard")
    sitting = sat(cast, road)
    up, known = to_the_vote(cast, road)
    first = decided(cast, sitting, "party_members")
    resolution = decided(cast, sitting, "villagers")
    posted(cast, known["disclosed"])
    with db.transaction() as tx:
        service.add(tx, cast.shu, known["disclosed"], "It stands <b>in the shop</b>, too.")
    _next_item(cast, sitting, well)
    lost, _stages = to_the_vote(cast, well)
    decided(cast, sitting, "party_members", "no")
    with db.transaction() as tx:
        won = service.again(tx, cast.alice, lost, "party", "The cost is **lower** now.")
    decided(cast, sitting, "party_members")
    decided(cast, sitting, "village_representatives")
    _next_item(cast, sitting, bridge)
    waiting, _stages = to_the_vote(cast, bridge)
    prepared(cast, sitting, "party_members", threshold=">=2/3")
    stopped = begun(cast, trees)
    with db.transaction() as tx:
        service.stop(tx, cast.alice, stopped, "By mistake.")
    courses = [f"/procedures/{one}" for one in (up, lost, won, stopped)]
    every = [f"/procedures/stages/{one}" for one in known.values()]
    to_vote = f"/procedures/stages/{stages(waiting)['party']}"
    to_post = f"/procedures/stages/{stages(won)['disclosed']}"
    to_write = f"/procedures/stages/{stages(begun(cast, yard))['proposal']}"
    items = [f"/items/{item}" for item in (road, well, bridge)]
    told = [*courses, *every, *items, f"/polls/{first}", f"/polls/{resolution}"]
    return {
        "alice": [
            f"/items/{cast.item}/procedures/new",
            f"/procedures/{stopped}/again",
            *told,
            *(to_vote, to_post, to_write),
            f"/meetings/{sitting.meeting}/console",
        ],
        "shu": [to_post, to_write],
        "bob": [*told, to_vote, to_post, f"/consultations/{cast.consultation}/agenda/print"],
        None: [courses[0], items[0]],
    }
