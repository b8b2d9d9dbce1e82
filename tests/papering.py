"""Arranging papers: given out, entered twice, boxes closed, through the services."""

from collections.abc import Sequence
from dataclasses import replace

import polling
from cast import Cast

from forum.agenda import service as agenda
from forum.agenda.models import ItemState
from forum.base import db, verify
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Stage, Visibility
from forum.members import service as members
from forum.members.models import Role
from voting.papers import service
from voting.papers.models import Kind
from voting.polls import queries as polls
from voting.polls import service as votes
from voting.polls.queries import PollRow

Read = tuple[Kind, str]
YES, NO = (Kind.VALID, "yes"), (Kind.VALID, "no")
BLANK, INVALID = (Kind.BLANK, ""), (Kind.INVALID, "")
FIVE = ("dana", "rong", "hui", "shu", "clerk")
Pages = dict[str | None, list[str]]


def box(cast: Cast, poll: int, *takers: str, name: str = "Box 1") -> int:
    """A box, and papers for it in these hands."""
    with db.transaction() as tx:
        made = service.open_box(tx, cast.shu, poll, name)
        for taker in takers:
            service.issue(tx, cast.shu, made, cast[taker].id)
    return made


def keyed(cast: Cast, batch: int, who: str, papers: Sequence[Read], *, start: int = 1) -> None:
    """One clerk enters these papers in the order of the pile."""
    with db.transaction() as tx:
        for place, (kind, mark) in enumerate(papers, start):
            service.read(tx, cast[who], batch, place, kind, mark=mark)


def begun(cast: Cast, batch: int, found: int) -> None:
    """The box is emptied."""
    with db.transaction() as tx:
        service.begin(tx, cast.shu, batch, found)


def closed(cast: Cast, batch: int, unreturned: int = 0, reason: str = "") -> None:
    """Reconciled, once everything is settled."""
    with db.transaction() as tx:
        service.confirm(tx, cast.shu, batch, unreturned, reason)


def counted(
    cast: Cast, batch: int, papers: Sequence[Read], *, unreturned: int = 0, reason: str = ""
) -> None:
    """From the opened box to the closed one, with two clerks who read alike."""
    begun(cast, batch, len(papers))
    for who in ("shu", "alice"):
        keyed(cast, batch, who, papers)
    closed(cast, batch, unreturned, reason)


def row(cast: Cast, poll: int) -> PollRow:
    with db.reading() as tx:
        return polls.poll_access(tx, cast.alice, poll).poll


def figures(cast: Cast, poll: int) -> dict[str, int]:
    found = row(cast, poll).result
    assert found is not None
    counted: dict[str, int] = found["figures"]
    return counted


def publish(cast: Cast, poll: int) -> None:
    with db.transaction() as tx:
        votes.publish(tx, cast.alice, poll)


def faults() -> list[str]:
    with db.reading() as tx:
        return [fault.kind for fault in verify.verify(tx).faults]


def _elsewhere(cast: Cast) -> Cast:
    """A consultation of its own: those of others may be over."""
    with db.transaction() as tx:
        draft = consultations.Draft(
            title="The yard",
            summary="Lamps and trees",
            purpose="To decide on them.",
            visibility=Visibility.PUBLIC,
            eligibility=Eligibility.OPEN,
            zone="Asia/Shanghai",
        )
        stage = Stage.DELIBERATING
        here = consultations.create(tx, cast.alice, draft, station=cast.station, stage=stage)
        members.grant(tx, cast.admin, cast.shu.id, Role.SECRETARY, f"consultation:{here}")
        item = agenda.create(tx, cast.alice, here, agenda.Draft("Lamps", ""))
        agenda.change_state(tx, cast.alice, item, ItemState.OPEN)
    return replace(cast, consultation=here, item=item)


def papering(cast: Cast) -> Pages:
    """Papers of a vote that runs, of an order being entered with a difference, of a named one."""
    cast = _elsewhere(cast)
    runs = polling.secret(cast)
    out = box(cast, runs, "hui", "rong")
    options = polling.ELMS
    order = polling.secret(cast, method="irv", options=options, question="Which tree first?")
    pile = box(cast, order, "dana", "hui", "rong", "shu", "clerk")
    with db.transaction() as tx:
        votes.close(tx, cast.alice, order)
    begun(cast, pile, 5)
    ranked = [(Kind.VALID, "o1>o2"), BLANK, (Kind.VALID, "o2"), INVALID, (Kind.VALID, "o3>o1")]
    keyed(cast, pile, "shu", ranked)
    keyed(cast, pile, "alice", [(Kind.VALID, "o2>o1"), *ranked[1:4]])
    printed = [
        polling.make(cast, method=way, options=options, question="Which tree?", opened=False)
        for way in ("irv", "score", "approval")
    ]
    named = polling.make(cast, question="Do you agree to the works?")
    forms = box(cast, named, "dana", "hui", name="Signed forms, block 7")
    done = polling.secret(cast, question="Shall the yard be lit?")
    full = box(cast, done, "dana", "hui", "rong", "shu", "clerk")
    with db.transaction() as tx:
        votes.close(tx, cast.alice, done)
    counted(cast, full, [YES, YES, NO, BLANK, INVALID])
    with db.transaction() as tx:
        votes.publish(tx, cast.alice, done)
        service.reject(tx, cast.shu, done, "Gate 3", 2, "Found the next day behind the box.")
    return {
        "shu": [
            f"/polls/{runs}/papers?q=a",
            f"/polls/{order}/papers",
            f"/polls/{done}/papers",
            f"/papers/{out}",
            f"/papers/{pile}",
            f"/papers/{full}",
            f"/papers/{forms}/entry",
            f"/papers/{forms}/entry?place={cast.hui.id}",
            f"/papers/{pile}/differences?place=1",
        ],
        "alice": [f"/polls/{order}", f"/papers/{pile}", f"/papers/{pile}/entry"]
        + [f"/polls/{poll}/ballot/print?n={n}" for n, poll in zip("214", printed, strict=True)],
        None: [f"/polls/{done}", f"/polls/{runs}"],
    }
