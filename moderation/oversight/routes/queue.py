"""The queue, a thing in it, and what is done about that."""

from collections.abc import Iterable
from urllib.parse import urlencode

from forum.agenda import queries as agenda
from forum.agenda.rules import ARGUABLE
from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db, reading, transaction
from forum.base.errors import NotFound
from forum.base.forms import Form
from forum.base.i18n import _
from forum.base.refs import parse, ref
from forum.base.web import Request, Response, Routes
from forum.members.paging import page
from moderation.oversight import rules, service, words
from moderation.oversight.models import Act
from moderation.oversight.queries import measures, settings
from moderation.oversight.queries import queue as queries
from moderation.oversight.queries.queue import Age, Wanted, Who
from moderation.reports import subjects
from moderation.reports.models import Rule
from moderation.reports.queries import led
from moderation.reports.words import rule_words
from moderation.sanctions import rules as sanctions
from moderation.sanctions.rules import Term
from moderation.sanctions.words import term_choices

routes = Routes("moderation.oversight.routes")
NOTHING, NOBODY = "none", "none"


def moderator(db: Db, actor: Actor) -> Actor:
    """Whoever moderates somewhere; for others there is no such page."""
    if not led(db, actor):
        raise NotFound(_("There is no such page."))
    return actor


@routes.get("/moderation/queue")
def queue(request: Request) -> Response:
    """Everything that waits in the places that one moderates, what has waited longest first."""
    query = request.query
    kinds = words.kinds()
    wanted = Wanted(
        query.text("place", max=64, optional=True),
        _one(query, "kind", [name for name, _words in kinds]),
        Age(age) if (age := _one(query, "age", Age)) else None,
        Who(who) if (who := _one(query, "who", Who)) else None,
    )
    number = query.integer("page", optional=True, min=1) or 1
    with reading() as db:
        actor = moderator(db, request.member)
        total = queries.waiting(db, actor, wanted)
        rows = queries.rows(db, actor, wanted, offset=(number - 1) * queries.PAGE)
        kept = {name: str(value) for name, value in wanted._asdict().items() if value}
        return request.page(
            db,
            rows=rows,
            wanted=wanted,
            total=total,
            kinds=kinds,
            places=[(step.ref, step.title) for step in queries.places(db, actor)],
            ages=[
                (Age.HOUR.value, _("an hour")),
                (Age.DAY.value, _("a day")),
                (Age.WEEK.value, _("a week")),
            ],
            people=[(Who.NOBODY.value, _("nobody's")), (Who.ME.value, _("mine"))],
            here="/moderation/queue" + (f"?{urlencode(kept)}" if kept else ""),
            appeals=measures.appeals(db, actor)[1],
            _acts={kind: _letters(acts, kind) for kind, acts in rules.THING_ACTS.items()},
            _people=_letters(rules.PERSON_ACTS, ""),
            pager=page("/moderation/queue", number=number, total=total, size=queries.PAGE, **kept),
        )


def _one(query: Form, name: str, known: Iterable[str]) -> str:
    """One of the known values of an address; empty where it is none of them."""
    found = str(query.value(name))
    return found if found in set(known) else ""


def _letters(acts: tuple[Act, ...], kind: str) -> list[tuple[str, str, str]]:
    """Acts as a row offers them: value, words, letter."""
    return [(value, said, rules.KEYS[Act(value)]) for value, said, _hint in words.deeds(acts, kind)]


@routes.get("/moderation/queue/{kind}/{ident:int}")
def thing(request: Request, kind: str, ident: int) -> Response:
    """One thing: what it says, what speaks against it, and the form of what is done."""
    about = ref(kind, ident)
    with reading() as db:
        actor = moderator(db, request.member)
        subject = subjects.look(db, actor, about)
        if not subject.moderates:
            raise NotFound(_("There is no such page."))
        found = queries.rows(db, actor, Wanted(about=about), limit=1)
        said = settings.reasons(db, subject.places, settings.language(db, subject))
        asked = _one(request.query, "act", Act)
        return request.page(
            db,
            about=about,
            kind=kind,
            ident=ident,
            title=subject.title,
            url=subject.url,
            html=subject.html,
            files=subjects.attached(db, subject),
            seen=subjects.version(db, subject),
            hidden=subject.hidden and kind != "item",
            concerned=subject.author_id == actor.id,
            author=bool(subject.author_id),
            row=found[0] if found else None,
            act=asked if asked in rules.THING_ACTS[kind] else NOTHING if asked else "",
            person=asked if asked in rules.PERSON_ACTS else NOBODY,
            acts=[
                *words.deeds(rules.THING_ACTS[kind], kind),
                (NOTHING, _("Decide about it later"), _("It stays in the queue.")),
            ],
            people=[
                (NOBODY, _("Nothing"), ""),
                *words.deeds(rules.PERSON_ACTS, ""),
            ],
            rules=[(rule.value, rule_words(rule), said[rule]) for rule in Rule],
            terms=term_choices(),
            items=_items(db, actor, subject.stream) if kind in ("argument", "held") else [],
        )


def _items(db: Db, actor: Actor, stream: str) -> list[tuple[int, str]]:
    """The topics of the consultation to which something can still be moved."""
    rows = agenda.items(db, parse(stream)[1])
    return [(row.id, f"{row.number} {row.title}") for row in rows if row.state in ARGUABLE]


@routes.post("/moderation/queue/{kind}/{ident:int}/act", page="thing")
def act(request: Request, kind: str, ident: int) -> Response:
    """Do something about a thing, its author, or both; they are told, and so are the reporters."""
    form, about = request.form, ref(kind, ident)
    thing = form.choice("act", [*Act, NOTHING])
    person = form.choice("person", [*rules.PERSON_ACTS, NOBODY], default=NOBODY)
    needs_rule = thing not in (Act.RELEASE, NOTHING) or person != NOBODY
    rule = form.choice("rule", Rule, default=None if needs_rule else Rule.OTHER)
    term = form.choice("term", Term, default=Term.WEEK)
    more = form.text("words", max=400, optional=True)
    item = form.integer("item", optional=True) if thing == Act.MOVE else None
    if thing == NOTHING and person == NOBODY:
        form.wrong("act", _("Please choose one."))
    form.check()
    deed = service.Deed(
        thing=None if thing == NOTHING else Act(thing),
        person=None if person == NOBODY else Act(person),
        rule=Rule(rule),
        words=more,
        until=sanctions.end(term, clock.now()),
        item=item,
        over=form.flag("over"),
        seen=form.text("seen", max=16, optional=True),
    )
    with transaction() as tx:
        service.act(tx, request.member, about, deed)
    back = "/moderation/queue" if thing != NOTHING else f"/moderation/queue/{kind}/{ident}"
    return request.done(back, note=_("Done, and told to those whom it concerns."))


@routes.post("/moderation/queue/{kind}/{ident:int}/claim", page="thing")
def claim(request: Request, kind: str, ident: int) -> Response:
    """Say that one is on it, or (with `drop`) no longer."""
    form, about = request.form, ref(kind, ident)
    drop, over = form.flag("drop"), form.flag("over")
    with transaction() as tx:
        if drop:
            service.unclaim(tx, request.member, about)
        else:
            service.claim(tx, request.member, about, over=over)
    note = _("Left to others.") if drop else _("You are on it; others see that.")
    return request.done(f"/moderation/queue#{kind}-{ident}", note=note)
