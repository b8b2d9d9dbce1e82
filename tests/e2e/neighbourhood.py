"""A neighbourhood in which something of everything has happened, and the pages that show it."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import flagging
import minuting
import polling
import sitting
import young
from cast import Cast
from PIL import Image

from forum.agenda import service as agenda
from forum.agenda.models import ItemState
from forum.arguments import service as arguments
from forum.arguments.models import Stance
from forum.base import clock, db, files
from forum.base.db import Db
from forum.base.registry import Group
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Stage, Visibility
from forum.members import contacts
from forum.members import service as accounts
from forum.members.identities import ContactKind, Purpose
from forum.members.models import Role, StandingKind, TextKind
from forum.members.service import links
from forum.members.service import second as steps
from forum.outbox import tokens
from forum.stations import service as stations
from forum.stations.models import Office, Tier
from moderation.oversight import service as oversight
from moderation.reports import service as reports
from moderation.reports.models import Rule
from moderation.sanctions import service as sanctions
from sessions.exchange.models import Archive, ArchiveState
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
        waits = _moderated(tx, cast, yard, bicycles, talk)
        topic = flagging.topic(tx, cast, yard, "Cheap stands")
        slip, link, aunt = _ways_in(tx, cast, yard)
        plan = files.store(tx, cast.alice, _plan(), "plan.png", place=f"item:{bicycles}")
        letters, mine = _letters(tx, cast)
        comer = links.make(tx, Purpose.NEWCOMER, lasts=timedelta(days=1))
    child = young.under(cast)
    waiting = young.link(young.child(cast, "lili"))
    asked = replace(cast, consultation=yard, item=fence)
    named, secret = polling.make(asked), polling.secret(asked)
    polling.vote(cast.bob, named)
    ranked, graded, money = polling.among(asked)
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
        setup = consultations.begin_setup(tx, cast.alice, "lift", cast.station)
        people = accounts.keep_sheet(tx, cast.admin, "platform", "name,role\nAnn,\nBo,king\n")
        _rules(tx, cast)
    place, new = f"?place=station:{cast.station}", f"/consultations/setups/{setup}"
    here, there = f"/consultations/{cast.consultation}", f"/consultations/{yard}"
    board, archives = _committee(cast)
    items, meeting = f"/items/{bicycles}", f"/meetings/{live.meeting}"
    hall, past = f"{meeting}/desk/{live.hall}", f"/meetings/{sat.meeting}"
    station, rong = f"/stations/{cast.station}", f"/people/{cast.rong.id}"
    return {
        None: [
            "/", "/consultations", here, f"{here}/history", there, items, f"{items}?tab=newest",
            f"{items}?tab=thread", f"/items/{cast.item}", f"/items/{costs}", f"/items/{fence}",
            f"{items}/history", f"/polls/{named}", f"/polls/{secret}", f"/polls/{sat.poll}",
            f"/polls/{money}", f"/polls/{sat.poll}/ballots", "/meetings", meeting, past,
            f"{meeting}/screen", f"/minutes/{sat.minutes}", f"/minutes/{sat.minutes}/changes",
            f"/decisions/{sat.decision}", f"/outcomes/{outcome}", "/tasks", f"/tasks/{task}",
            rong, f"{rong}/duties", "/stations", station, board, f"{board}/terms",
            f"{station}/minutes", f"{station}/decisions", f"/chain/task/{task}", "/audit",
            "/enter", f"/enter?code={slip}", f"/join/{link}", f"/register/with/{comer}",
            f"/rules{place}", "/moderation", f"/moderation?place=consultation:{yard}", "/search",
            "/search?q=the", "/search?q=the&kind=item", "/help", "/privacy", "/sign-in", *letters,
            "/privacy/children", "/new-password", "/register", "/nowhere", "/offline",
            f"{here}/agenda/print", f"{here}/briefing/print", f"{meeting}/agenda/print",
            f"{meeting}/briefing/print", f"/minutes/{sat.minutes}/print",
        ],
        "bob": [
            "/", "/inbox", "/inbox/follows", "/settings", "/settings/letters",
            "/settings/letters?place=consultation:1", "/settings/calendar", "/settings/push",
            "/settings/contacts", "/settings/second-step", "/settings/data", mine,
            "/settings/ways", "/settings/membership", "/feeds", "/settings/children",
            "/settings/guardian", waiting, f"/feeds?place=consultation:{cast.consultation}",
            "/mine", "/drafts", "/places", here, items, f"/polls/{named}", f"/polls/{secret}",
            f"/polls/{ranked}", f"/polls/{graded}", meeting, past, f"/minutes/{sat.minutes}",
            f"/arguments/{talk.said}/edit", f"/arguments/{talk.said}/revisions",
            f"/arguments/{talk.answer}/reply", f"/reports/new?about=argument:{talk.answer}",
            f"/held/{waits}", f"/proposals/{topic}", "/reports",
        ],
        "alice": [
            "/", here, f"/attach/item:{bicycles}", f"/files/{plan}/edit",
            f"{there}/invitations", f"/rules/edit?place=consultation:{yard}",
            f"{here}/edit", f"{there}/stages", f"{here}/participants",
            f"{here}/briefing/new", f"{here}/briefing/{text}", f"{here}/items/new",
            f"{here}/meetings/new", items, f"{items}/edit", f"{items}/steps",
            f"{items}/polls/new", f"{items}/polls/new?method=pb_equal_shares",
            f"{meeting}/polls/new", f"{meeting}/polls/new?method=stv_scottish", f"/items/{fence}",
            f"/items/{cast.item}/decisions/new", f"/polls/{named}", f"{meeting}/console",
            f"/polls/{named}/ballot/print", f"{meeting}/edit", f"{past}/console",
            f"/arguments/{talk.answer}/hide", "/reports", f"/reports/{talk.report}",
            "/moderation/queue", f"/moderation/queue?place=consultation:{yard}",
            f"/moderation/queue/argument/{talk.answer}", f"/moderation/queue/held/{waits}",
            f"/moderation/queue/proposal/{topic}", "/moderation/appeals",
            f"/moderation/settings?place=consultation:{yard}",
            f"/sanctions?place={cast.place}", f"/sanctions/{sanction}",
            f"/sanctions/new?place={cast.place}&member={cast.bob.id}", "/audit",
            "/consultations/new", "/consultations/setup", f"{new}/words", f"{new}/dates",
            f"{new}/people?q=clerk", f"{new}/ready", f"/people{place}",
        ],
        "hui": ["/measures/1", hall, f"{hall}?q=bob", f"/tasks/{task}", "/"],
        "shu": [f"/minutes/{sat.minutes}", f"{meeting}/minutes", f"/minutes/{draft}/edit",
            f"/decisions/{sat.decision}"],
        "rong": [f"{here}/outcome", f"/outcomes/{outcome}", f"/tasks/{task}", "/"],
        "clerk": [
            f"{meeting}/desk/{live.main}", f"{meeting}/attendance/print", station,
            "/kiosk/start", "/", f"{station}/slips", f"{station}/residents", "/counter",
            f"/counter/{aunt}", f"/counter/{child}", f"/counter/{child}/guardian/form",
        ],
        "admin": [
            board, f"{board}/terms", f"{board}/archives", *archives, "/people",
            "/hooks", f"/hooks{place}", "/admin", f"/admin{place}", "/people/import",
            f"/people/lists/{people}", f"/people/lists/{people}?show=new",
            f"/people/{cast.bob.id}{place}", f"/people/{cast.bob.id}",
            "/stations/new", f"{station}/edit", "/",
        ],
    }  # fmt: skip


def _ways_in(tx: Db, cast: Cast, yard: int) -> tuple[str, str, int]:
    """A slip of the station, a link into the yard for owners, and who came by a slip."""
    until = clock.now() + timedelta(days=30)
    sheet = stations.make_slips(tx, cast.clerk, cast.station, count=9, note="Block 7", until=until)
    aunt = stations.arrive(tx, None, sheet.codes[1], stations.Newcomer("Aunt Wang")).member
    owners = consultations.set_category(tx, cast.alice, yard, "owners", 1)
    (link,) = consultations.invite(
        tx, cast.alice, yard, category=owners, note="Door 7", until=until, guests=True
    ).codes
    consultations.join(tx, None, link, stations.Newcomer("Owner Li"))
    return sheet.codes[0], link, aunt


def _rules(tx: Db, cast: Cast) -> None:
    """Words of welcome and rules of conduct, which everybody but charlie has accepted."""
    place = f"station:{cast.station}"
    accounts.write_text(tx, cast.admin, place, TextKind.WELCOME, "Come **in**!")
    accounts.write_text(tx, cast.admin, place, TextKind.RULES, "- Be kind\n- Be short")
    for name in cast.people.keys() - {"charlie"}:
        accounts.accept(tx, cast[name], [f"{place}@1"])


def _letters(tx: Db, cast: Cast) -> tuple[list[str], str]:
    """The links of letters: for guests, and the one by which bob confirms his address."""
    known: dict[str, Any] = {"lasts": timedelta(days=1), "member_id": cast.bob.id}
    address = contacts.add(tx, cast.bob, cast.bob.id, ContactKind.MAIL, "bob@example.org")
    number = contacts.add(tx, cast.bob, cast.bob.id, ContactKind.PHONE, "13800000000")
    contacts.confirm(tx, None, number)
    steps.begin(tx, cast.bob)
    mine = links.make(tx, Purpose.CONFIRM, contact_id=address, **known)
    made = {
        "/sign-in/mail": Purpose.SIGN_IN,
        "/register/mail": Purpose.REGISTER,
        "/new-password": Purpose.RESET,
    }
    found = [f"{path}/{links.make(tx, purpose, **known)}" for path, purpose in made.items()]
    found.append(urlsplit(tokens.address(tokens.Stop(cast.bob.id, Group.NEWS))).path)
    return found, f"/contacts/{mine}"


def _plan() -> BytesIO:
    """A picture of the yard."""
    out = BytesIO()
    Image.new("RGB", (640, 400), (90, 140, 90)).save(out, "PNG")
    out.seek(0)
    return out


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


def _committee(cast: Cast) -> tuple[str, list[str]]:
    """A committee in its second term, and archives of its minutes in every state."""
    today = clock.now().date()
    with db.transaction() as tx:
        details = stations.Details(Tier.COMMITTEE, "The lift committee", "BOARD")
        here = stations.create(tx, cast.admin, details)
        for number, first in ((1, today - timedelta(days=900)), (2, today)):
            term = stations.begin_term(tx, cast.admin, here, number, first, None)
            stations.name(tx, cast.admin, here, term, "alice", Office.CHAIR)
            stations.name(tx, cast.admin, here, term, "bob", Office.MEMBER)
        rows = [
            Archive(
                station_id=here, member_id=cast.admin.id, first=today, last=today, lang="en",
                state=state, done=3, total=9, size=99_000, digest="ab" * 32,
                asked_at=clock.now(), until=clock.now(),
            )
            for state in ArchiveState
        ]  # fmt: skip
        tx.add_all(rows)
        tx.flush()
        return f"/stations/{here}", [f"/archives/{row.id}" for row in rows]


def _moderated(tx: Db, cast: Cast, yard: int, item: int, talk: Talk) -> int:
    """Something waits, something is reported, and hui appeals; returns the text that waits."""
    words = {"word_list": {"on": True, "words": ["cheap"]}}
    oversight.set_screens(tx, cast.alice, f"consultation:{yard}", words)
    reports.file(tx, cast.hui, f"argument:{talk.answer}", Rule.UNTRUE, "It is not full.")
    oversight.appeal(tx, cast.hui, 1, "I was shouted at first.")
    body = "Buy cheap stands from me."
    return arguments.submit(tx, cast.bob, item, body=body, stance=Stance.PRO).id


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
