"""Everything that could be the one thing to do now on somebody's home page."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.i18n import _
from forum.consultations import queries as consultations
from forum.consultations.rules import Deed
from forum.front.queue import Queue
from forum.front.rules import Action, Part, Urgency

if TYPE_CHECKING:
    from forum.front.homes import Home


def of(db: Db, home: "Home", actor: Actor | None) -> Iterator[Action]:
    """The candidates; `rules.first` chooses among them."""
    yield from _of_meetings(home)
    for poll in home.polls:
        if poll.waits:
            yield Action(
                Urgency.VOTE,
                _("Vote now"),
                f"/polls/{poll.id}",
                poll.question,
                poll.closes_at,
                f"poll:{poll.id}",
            )
    yield from _of_tasks(home)
    for owed in home.answers:
        urgency = Urgency.LATE if owed.late else Urgency.DUE
        thing = f"duty_report:{owed.report_id}"
        yield Action(urgency, _("Answer in writing"), owed.url, owed.title, owed.due, thing)
    if home.queue:
        yield from _of_the_queue(home.queue)
    yield from _of_papers(home)
    for row in (*home.near, *home.elsewhere)[:1]:
        access = consultations.access(db, actor, row.id)
        if access.may(Deed.ARGUE):
            yield Action(
                Urgency.SPEAK,
                _("Propose a topic") if access.may(Deed.PROPOSE) else _("Have your say"),
                f"/consultations/{row.id}",
                row.title,
                thing=f"consultation:{row.id}",
            )
    yield Action(Urgency.LOOK, _("See what is open"), "/consultations")


def _of_meetings(home: "Home") -> Iterator[Action]:
    today = home.today
    for line in home.meetings:
        page, thing = f"/meetings/{line.id}", f"meeting:{line.id}"
        desk = f"{page}/desk/{line.desk}"
        if not line.sitting:
            if line in today:
                url = f"{page}/console" if line.leads else desk
                words = _("Get the meeting ready") if line.leads else _("Prepare the desk")
                yield Action(Urgency.DESK, words, url, line.title, line.starts_at, thing)
            continue
        if line.leads:
            others = ((desk, _("To the desk")), (page, _("Meeting page")))
            shown = others if line.desk else others[1:]
            words = _("Run the meeting")
            yield Action(Urgency.RUN, words, f"{page}/console", line.title, None, thing, shown)
        elif line.desk:
            lesser = ((page, _("Meeting page")),)
            yield Action(Urgency.RUN, _("To the desk"), desk, line.title, None, thing, lesser)
        yield Action(Urgency.JOIN, _("Join the meeting"), page, line.title, None, thing)


def _of_tasks(home: "Home") -> Iterator[Action]:
    if home.duties is None:
        return
    for listed in (*home.duties.supervised, *home.duties.handled):
        task = listed.task
        url, thing = f"/tasks/{task.id}", f"task:{task.id}"
        if task.overdue:
            yield Action(Urgency.LATE, _("See to it"), url, task.title, task.due, thing)
        else:
            yield Action(Urgency.DUE, _("Next duty"), url, task.title, task.due, thing)


def _of_the_queue(queue: Queue) -> Iterator[Action]:
    for order in queue.orders:
        url = f"/meetings/{order.meeting_id}/console"
        yield Action(Urgency.RUN, _("Rule on the point of order"), url, order.meeting)
    if queue.waiting_flagged:
        about = _("%(count)s things wait for a moderator") % {"count": queue.waiting_flagged}
        yield Action(Urgency.DECIDE, _("To the moderation queue"), "/moderation/queue", about)
    for proposal in queue.proposals[:1]:
        url = f"/items/{proposal.id}/steps"
        yield Action(Urgency.DECIDE, _("Take up or decline"), url, proposal.title)


def _of_papers(home: "Home") -> Iterator[Action]:
    for line in home.minutes:
        if line.part is not Part.LIVE:
            url, thing = f"/minutes/{line.id}", f"minutes:{line.id}"
            yield Action(Urgency.WRITE, _("Work on the minutes"), url, line.meeting, None, thing)
            break
    for due in home.outcomes:
        url = f"/consultations/{due.id}/outcome"
        yield Action(Urgency.WRITE, _("Write the outcome"), url, due.title)
