"""What procedures add to pages of others: items, votes, the printed agenda, a meeting's console."""

from forum.agenda import queries as agenda
from forum.base import links
from forum.base.db import Db
from forum.base.links import Relation
from forum.base.refs import parse
from forum.base.registry import Step, panel
from forum.base.web import Request
from voting.methods.common.profiles import PROCEDURES
from voting.polls import queries as polls
from voting.procedures import page, queries, rules, words
from voting.procedures.models import State
from voting.procedures.rules import Way


def _begins(db: Db, request: Request, subject: str) -> bool:
    """Whether the reader could put the item through a procedure."""
    access, item = agenda.item_access(db, request.actor, parse(subject)[1])
    return not rules.MANAGERS.isdisjoint(access.roles) and item.state in rules.TAKEN


@panel("agenda:item", order=11, given=queries.ON_ITEM, offered=_begins)
def of_item(db: Db, request: Request, subject: str) -> str | None:
    """Where the item stands in its procedure; for those who lead it a way to begin one."""
    found = queries.of_item(db, request.actor, parse(subject)[1])
    access, item = agenda.item_access(db, request.actor, parse(subject)[1])
    last = found[-1] if found else None
    over = last is None or last.course.state is State.FINISHED
    begins = over and _begins(db, request, subject)
    if last is None and not begins:
        return None
    return request.fragment(
        db,
        "procedures/of_item.html",
        item=item.id,
        procedure=page.summary(last) if last else None,
        votes=_votes_in_hand(db, request, last) if last else [],
        earlier=[
            (words.title(one.course), f"/procedures/{one.course.id}", one.course.state)
            for one in found[:-1]
        ],
        begins=begins,
        zone=access.consultation.zone,
        _words=words,
    )


def _votes_in_hand(db: Db, request: Request, found: queries.Found) -> list[Step]:
    if found.at is None:
        return []
    one = found.stages[found.at]
    return page.votes(db, request.actor, [one])[one.id]


@panel("polls:poll", order=5)
def of_poll(db: Db, request: Request, subject: str) -> str | None:
    """Of which stage of what it is the vote."""
    poll = parse(subject)[1]
    polls.poll_access(db, request.actor, poll)
    stage_id = queries.stage_of(db, poll)
    if stage_id is None:
        return None
    found, one = queries.stage_access(db, request.actor, stage_id)
    return request.fragment(
        db,
        "procedures/of_poll.html",
        stage=stage_id,
        place=words.place(found.course, one),
        procedure=words.title(found.course),
        title=words.stage(found.course, one),
    )


@panel("agenda:agenda_sheet", order=20)
def on_agenda_sheet(db: Db, request: Request, subject: str) -> str | None:
    """On the printed agenda: how far each item is in its procedure."""
    consultation = parse(subject)[1]
    items = {row.id: row for row in agenda.items(db, consultation)}
    rows = [
        (
            items[course.item_id].number,
            items[course.item_id].title,
            words.title(course),
            words.standing(course, stages, rules.here([one.state for one in stages])),
        )
        for course, stages in queries.of_consultation(db, consultation)
        if course.item_id in items
    ]
    return request.fragment(db, "procedures/of_agenda_sheet.html", rows=rows) if rows else None


@panel("floor:console", order=18)
def of_console(db: Db, request: Request, subject: str) -> str | None:
    """In a meeting: the items whose stage waits for a vote, and how that is prepared here."""
    items = links.linked(db, subject, Relation.HELD_IN, "in")
    held = [ident for kind, ident in map(parse, items) if kind == "item"]
    waiting = []
    for item, course, stages in queries.under_way(db, request.actor, held):
        at = rules.here([one.state for one in stages])
        if at is not None and course.ways[at] is Way.VOTE:
            laws = PROCEDURES[course.name].stages[at].profiles
            place = words.place(course, stages[at])
            named = [(name, words.law(name)) for name in laws]
            waiting.append((item, place, words.stage(course, stages[at]), named))
    if not waiting:
        return None
    here = f"/meetings/{parse(subject)[1]}"
    return request.fragment(db, "procedures/of_console.html", waiting=waiting, here=here)
