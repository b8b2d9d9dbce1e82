"""A neighbourhood in which something of everything has happened, and the pages that show it."""

import dataclasses
from datetime import timedelta

import minuting
import polling
import sitting
from cast import Cast

from forum.agenda import service as agenda
from forum.agenda.models import ItemState
from forum.arguments import service as arguments
from forum.arguments.models import Stance
from forum.base import clock, db
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


def settle(cast: Cast) -> Pages:
    """Let it happen; returns the pages."""
    with db.transaction() as tx:
        meanwhile = consultations.create(
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
        other = agenda.create(
            tx, cast.alice, cast.consultation, agenda.Draft("Who pays?", "By *June*.")
        )
        third = agenda.create(tx, cast.alice, meanwhile, agenda.Draft("Where do fence go?", "Say."))
        fresh = agenda.create(tx, cast.alice, meanwhile, agenda.Draft("And the bins?", "Say."))
        asked = agenda.create(tx, cast.alice, meanwhile, agenda.Draft("A fence?", "Or a hedge."))
        for item in (other, third, asked):
            agenda.change_state(tx, cast.alice, item, ItemState.OPEN)
        said = arguments.post(tx, cast.bob, third, body="In the yard.", stance=Stance.PRO)
        answer = arguments.post(
            tx, cast.rong, third, body="It is full.", stance=Stance.CON, parent=said
        )
        arguments.edit(tx, cast.bob, said, body="In the yard, under a roof.")
        hidden = arguments.post(tx, cast.hui, third, body="Fools!", stance=Stance.CON)
        report = reports.file(tx, cast.bob, f"argument:{hidden}", Rule.ATTACK, "He shouts.")
        arguments.hide(tx, cast.alice, hidden, "Shouting")
        text = consultations.write_briefing(
            tx, cast.alice, cast.consultation, "The two offers", "One is *dear*."
        )
        sanction = sanctions.impose(
            tx, cast.alice, cast.charlie.id, cast.place, StandingKind.MUTED,
            rule=Rule.SPAM, reason="Advertising", until=None,
        )  # fmt: skip
    fence = dataclasses.replace(cast, consultation=meanwhile, item=asked)
    named, secret = polling.make(fence), polling.secret(fence)
    polling.vote(cast.bob, named)
    live = sitting.debating(dataclasses.replace(cast, item=other))
    with db.transaction() as tx:
        floor.recognise(tx, cast.alice, floor.request(tx, cast.bob, live.meeting))
        floor.request(tx, cast.rong, live.meeting)
        floor.raise_order(tx, cast.shu, live.meeting, "This is not the question.")
        meetings.show(tx, cast.alice, live.meeting, "We go on until nine.")
        question = Draft("Do the upper floors pay more?")
        hands = meetings.hold_poll(tx, cast.alice, live.meeting, question, channel=Channel.HANDS)
        meetings.open_poll(tx, cast.alice, live.meeting, hands)
    sat = minuting.approved(cast)
    with db.transaction() as tx:
        due = clock.now() + timedelta(days=30)
        work = record.Work("Order it", "From B.", cast.hui.id, "", cast.rong.id, due)
        task = record.give_task(tx, cast.shu, sat.decision, work)
        told = Account(
            "Block 7 gets a lift", "It is **ordered**.", "Most want it.", (sat.decision,),
            (Reply(said, Fate.DECLINED, "The yard is full."),),
        )  # fmt: skip
        outcome = record.write(tx, cast.rong, cast.consultation, told)
        record.publish(tx, cast.rong, outcome)
        draft = minutes.versions(tx, live.meeting)[0].id
        accounts.grant(tx, None, cast.alice.id, Role.MODERATOR, "platform")
    here, items = f"/consultations/{cast.consultation}", f"/items/{third}"
    meeting, hall = f"/meetings/{live.meeting}", f"/meetings/{live.meeting}/desk/{live.hall}"
    past, station = f"/meetings/{sat.meeting}", f"/stations/{cast.station}"
    return {
        None: [
            "/", "/consultations", here, f"/consultations/{meanwhile}", items,
            f"{items}?tab=newest", f"{items}?tab=thread",
            f"/items/{cast.item}", f"/items/{other}", f"/items/{asked}", f"{items}/history",
            f"/polls/{named}",
            f"/polls/{secret}", f"/polls/{sat.poll}", f"/polls/{sat.poll}/ballots", "/meetings",
            meeting, f"{meeting}/screen", past, f"/minutes/{sat.minutes}",
            f"/minutes/{sat.minutes}/changes", f"/decisions/{sat.decision}",
            f"/outcomes/{outcome}", "/tasks", f"/tasks/{task}", f"/people/{cast.rong.id}",
            f"/people/{cast.rong.id}/duties", "/stations", station, f"/chain/task/{task}",
            "/audit", "/help", "/privacy", "/sign-in", "/register", "/nowhere",
        ],
        "bob": [
            "/", "/inbox", "/settings", "/mine", here, items, f"/polls/{named}",
            f"/polls/{secret}", meeting, past, f"/minutes/{sat.minutes}",
            f"/arguments/{said}/edit", f"/arguments/{said}/revisions",
            f"/arguments/{answer}/reply", f"/reports/new?about=argument:{answer}",
        ],
        "alice": [
            "/", here, f"{here}/edit", f"/consultations/{meanwhile}/stages", f"{here}/participants",
            f"{here}/briefing/new", f"{here}/briefing/{text}", f"{here}/items/new",
            f"{here}/meetings/new", items, f"/items/{fresh}", f"{items}/edit",
            f"{items}/steps",
            f"{items}/polls/new", f"/items/{asked}", f"/items/{cast.item}/decisions/new",
            f"/polls/{named}",
            f"{meeting}/console", f"{meeting}/edit", f"{past}/console", f"/arguments/{answer}/hide",
            "/reports", f"/reports/{report}", f"/sanctions/{sanction}",
            f"/sanctions?place={cast.place}",
            f"/sanctions/new?place={cast.place}&member={cast.bob.id}",
            "/audit", "/consultations/new",
        ],
        "hui": [hall, f"{hall}?q=bob", f"/tasks/{task}", "/"],
        "shu": [
            f"/minutes/{sat.minutes}", f"{meeting}/minutes", f"/minutes/{draft}/edit",
            f"/decisions/{sat.decision}",
        ],
        "rong": [f"{here}/outcome", f"/outcomes/{outcome}", f"/tasks/{task}", "/"],
        "clerk": [f"{meeting}/desk/{live.main}", station, "/"],
        "admin": ["/people", f"/people/{cast.bob.id}", "/stations/new", f"{station}/edit", "/"],
    }  # fmt: skip
