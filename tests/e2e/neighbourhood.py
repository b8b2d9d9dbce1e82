"""A neighbourhood in which something of everything has happened, and the pages that show it."""

from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

import minuting
import polling
import sitting
from cast import Cast

from forum.agenda import service as agenda
from forum.agenda.models import ItemState
from forum.arguments import service as arguments
from forum.arguments.models import Stance
from forum.base import clock, db
from forum.base.db import Db
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Stage, Visibility
from forum.members import service as accounts
from forum.members.models import Role, StandingKind
from moderation.reports import service as reports
from moderation.reports.models import Rule
from moderation.sanctions import service as sanctions
from sessions.floor import service as floor
from sessions.meetings import service as meetings
from sessions.minutes import queries as minutes
from sessions.minutes import service as record
from sessions.minutes.account import Account, Fate, Reply
from voting.boxes.models import Channel
from voting.polls.service import Draft

Pages = dict[str | None, list[str]]  # by who looks at them; None is a guest


class Talk(NamedTuple):
    """An argument, its answer, one that was hidden, and the report about that."""

    said: int
    answer: int
    hidden: int
    report: int


def settle(cast: Cast) -> Pages:
    """Let it happen; returns the pages."""
    with db.transaction() as tx:
        yard = consultations.create(
            tx,
            cast.alice,
            consultations.Draft(
                title="The yard",
                summary="Where does what stand?",
                purpose="All of **the yard**.",
                visibility=Visibility.PUBLIC,
                eligibility=Eligibility.OPEN,
                zone="Asia/Shanghai",
            ),
            station=cast.station,
            stage=Stage.DELIBERATING,
        )
        bicycles = _item(tx, cast, yard, "Where do the bicycles go?")
        fence = _item(tx, cast, yard, "A fence?")
        costs = _item(tx, cast, cast.consultation, "Who pays?")
        talk = _talk(tx, cast, bicycles)
        dear = arguments.post(tx, cast.bob, costs, body="It is dear.", stance=Stance.CON)
        text = consultations.write_briefing(
            tx, cast.alice, cast.consultation, "The two offers", "One is *dear*."
        )
        sanction = sanctions.impose(
            tx, cast.alice, cast.charlie.id, cast.place, StandingKind.MUTED,
            rule=Rule.SPAM, reason="Advertising", until=None,
        )  # fmt: skip
        accounts.grant(tx, None, cast.alice.id, Role.MODERATOR, "platform")
    asked = replace(cast, consultation=yard, item=fence)
    named, secret = polling.make(asked), polling.secret(asked)
    polling.vote(cast.bob, named)
    live = _debate(replace(cast, item=costs))
    sat = minuting.approved(cast)
    with db.transaction() as tx:
        due = clock.now() + timedelta(days=30)
        work = record.Work("Order it", "From B.", cast.hui.id, "", cast.rong.id, due)
        task = record.give_task(tx, cast.shu, sat.decision, work)
        told = Account(
            "Block 7 gets a lift", "It is **ordered**.", "Most want it.", (sat.decision,),
            (Reply(dear, Fate.DECLINED, "The city pays half."),),
        )  # fmt: skip
        outcome = record.write(tx, cast.rong, cast.consultation, told)
        record.publish(tx, cast.rong, outcome)
        draft = minutes.versions(tx, live.meeting)[0].id
    here, there = f"/consultations/{cast.consultation}", f"/consultations/{yard}"
    items, meeting = f"/items/{bicycles}", f"/meetings/{live.meeting}"
    hall, past = f"{meeting}/desk/{live.hall}", f"/meetings/{sat.meeting}"
    station, rong = f"/stations/{cast.station}", f"/people/{cast.rong.id}"
    return {
        None: [
            "/", "/consultations", here, f"{here}/history", there, items, f"{items}?tab=newest",
            f"{items}?tab=thread", f"/items/{cast.item}", f"/items/{costs}", f"/items/{fence}",
            f"{items}/history", f"/polls/{named}", f"/polls/{secret}", f"/polls/{sat.poll}",
            f"/polls/{sat.poll}/ballots", "/meetings", meeting, f"{meeting}/screen", past,
            f"/minutes/{sat.minutes}", f"/minutes/{sat.minutes}/changes",
            f"/decisions/{sat.decision}", f"/outcomes/{outcome}", "/tasks", f"/tasks/{task}",
            rong, f"{rong}/duties", "/stations", station, f"/chain/task/{task}", "/audit",
            "/help", "/privacy", "/sign-in", "/register", "/nowhere", "/offline",
            f"{here}/agenda/print", f"{here}/briefing/print", f"{meeting}/agenda/print",
            f"{meeting}/briefing/print", f"/minutes/{sat.minutes}/print",
        ],
        "bob": [
            "/", "/inbox", "/settings", "/mine", "/drafts", "/places", here, items,
            f"/polls/{named}",
            f"/polls/{secret}", meeting, past, f"/minutes/{sat.minutes}",
            f"/arguments/{talk.said}/edit", f"/arguments/{talk.said}/revisions",
            f"/arguments/{talk.answer}/reply", f"/reports/new?about=argument:{talk.answer}",
        ],
        "alice": [
            "/", here, f"{here}/edit", f"{there}/stages", f"{here}/participants",
            f"{here}/briefing/new", f"{here}/briefing/{text}", f"{here}/items/new",
            f"{here}/meetings/new", items, f"{items}/edit", f"{items}/steps",
            f"{items}/polls/new", f"/items/{fence}", f"/items/{cast.item}/decisions/new",
            f"/polls/{named}", f"/polls/{named}/ballot/print", f"{meeting}/console",
            f"{meeting}/edit", f"{past}/console",
            f"/arguments/{talk.answer}/hide", "/reports", f"/reports/{talk.report}",
            f"/sanctions?place={cast.place}", f"/sanctions/{sanction}",
            f"/sanctions/new?place={cast.place}&member={cast.bob.id}", "/audit",
            "/consultations/new",
        ],
        "hui": [hall, f"{hall}?q=bob", f"/tasks/{task}", "/"],
        "shu": [
            f"/minutes/{sat.minutes}", f"{meeting}/minutes", f"/minutes/{draft}/edit",
            f"/decisions/{sat.decision}",
        ],
        "rong": [f"{here}/outcome", f"/outcomes/{outcome}", f"/tasks/{task}", "/"],
        "clerk": [
            f"{meeting}/desk/{live.main}", f"{meeting}/attendance/print", station,
            "/kiosk/start", "/",
        ],
        "admin": ["/people", f"/people/{cast.bob.id}", "/stations/new", f"{station}/edit", "/"],
    }  # fmt: skip


def _item(tx: Db, cast: Cast, consultation: int, title: str) -> int:
    item = agenda.create(tx, cast.alice, consultation, agenda.Draft(title, "Say *what* you think."))
    agenda.change_state(tx, cast.alice, item, ItemState.OPEN)
    return item


def _talk(tx: Db, cast: Cast, item: int) -> Talk:
    said = arguments.post(tx, cast.bob, item, body="In the yard.", stance=Stance.PRO)
    answer = arguments.post(tx, cast.rong, item, body="Full.", stance=Stance.CON, parent=said)
    arguments.edit(tx, cast.bob, said, body="In the yard, under a roof.")
    hidden = arguments.post(tx, cast.hui, item, body="Fools!", stance=Stance.CON)
    report = reports.file(tx, cast.bob, f"argument:{hidden}", Rule.ATTACK, "He shouts.")
    arguments.hide(tx, cast.alice, hidden, "Shouting")
    return Talk(said, answer, hidden, report)


def _debate(cast: Cast) -> sitting.Sitting:
    """Bob speaks, rong waits, shu raises a point of order, the halls are asked."""
    live = sitting.debating(cast)
    with db.transaction() as tx:
        floor.recognise(tx, cast.alice, floor.request(tx, cast.bob, live.meeting))
        floor.request(tx, cast.rong, live.meeting)
        floor.raise_order(tx, cast.shu, live.meeting, "This is not the question.")
        meetings.show(tx, cast.alice, live.meeting, "We go on until nine.")
        question = Draft("Do the upper floors pay more?")
        hands = meetings.hold_poll(tx, cast.alice, live.meeting, question, channel=Channel.HANDS)
        meetings.open_poll(tx, cast.alice, live.meeting, hands)
    return live
