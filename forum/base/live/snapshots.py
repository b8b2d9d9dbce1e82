"""What the hub and the polling route read: in a worker thread, from one consistent snapshot.

Everything here is a function of the log (and of the tables at that point of it), so a restart
loses nothing, and two readers of one class and language get the same bytes.
"""

import logging
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, NamedTuple

from forum.base import auth, clock, events, i18n, pages, refs, registry
from forum.base.auth import Actor
from forum.base.db import Db, Storage, reading, storage
from forum.base.errors import Refusal
from forum.base.events import Audience, Stored
from forum.base.live import frames

MOST_REPLAYED = 500
KEPT = 256  # rendered views

log = logging.getLogger(__name__)
_kept: OrderedDict[tuple[Storage, str, str, str, int], dict[str, str]] = OrderedDict()
_lock = Lock()


class Group(NamedTuple):
    """Those who get the same bytes: a class, and for a live page its view and language."""

    audience: Audience
    view: str | None = None
    lang: str = ""


@dataclass(frozen=True, eq=False)
class Hello:
    """Somebody who asks for a stream: who it is, in which language, from where."""

    credential: str | None  # digest of a token, resolved here: many in one query
    wish: str | None  # the language that the browser asks for
    view: str | None
    after: int | None


class Place(NamedTuple):
    """Where a reader stands in a stream: with whom, and by virtue of which class."""

    group: Group
    audience: Audience


class Answer(NamedTuple):
    """The answer to a hello; no place: the stream, or the view, is not theirs."""

    actor: Actor | None
    place: Place | None
    data: bytes = b""
    watch: int = 0  # head of the person's own stream, whose events make us look at them again


@dataclass
class Look:
    """One look at a stream: what to send to those who are there, and to those who came."""

    head: int
    bursts: bool = False  # nothing but events that may share a frame
    sends: dict[Group, bytes] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)


Shown = dict[Group, dict[str, str]]


def look(
    stream: str,
    cursor: int | None,
    groups: Collection[Group],
    hellos: Collection[Hello],
    shown: Shown,
    *,
    hold: bool,
) -> Look | None:
    """Read a stream on from the cursor and answer the hellos, all from one snapshot.

    `shown` is the HTML that each group saw last; it is brought up to date. None: `hold` was asked
    for, and there is nothing but bursts of presence or turnout, which may wait.
    """
    with reading() as db:
        head = events.head(db, stream)
        fresh: list[Stored] = []
        jump = cursor is not None and not 0 <= head - cursor <= MOST_REPLAYED
        if groups and cursor is not None and not jump:
            fresh = events.history(db, stream, after=cursor, audience=Audience.MODERATOR)
        bursts = bool(fresh) and all(_coalesces(event) for event in fresh)
        if hold and bursts and not hellos:
            return None
        seen = Look(head, bursts)
        if jump:
            shown.clear()
        for group in groups:
            messages = []
            if jump:
                messages = greet(db, stream, group, None, head)
            elif fresh and cursor is not None:
                html = blocks(db, stream, group, head)
                before, shown[group] = shown.get(group, {}), html
                changed = {name: text for name, text in html.items() if before.get(name) != text}
                messages = _news(db, group, fresh, cursor, changed)
            if messages:
                seen.sends[group] = b"".join(map(frames.encode, messages))
        seen.answers = _answers(db, stream, head, hellos)
        for answer in seen.answers:
            if answer.place and answer.place.group not in shown:
                shown[answer.place.group] = blocks(db, stream, answer.place.group, head)
        return seen


def _coalesces(event: Stored) -> bool:
    kind = registry.events.get(event.kind)
    return kind is not None and kind.coalesce


def _news(
    db: Db, group: Group, fresh: list[Stored], cursor: int, changed: frames.Html
) -> list[dict[str, Any]]:
    seen = [event for event in fresh if event.audience <= group.audience]
    if not (seen or changed):
        return []
    stream = fresh[0].stream
    prev = events.previous(db, stream, cursor, group.audience)
    return frames.replay(seen, prev, stream, changed, clock.now())


def greet(db: Db, stream: str, group: Group, after: int | None, head: int) -> list[dict[str, Any]]:
    """The welcome and what was missed; too much, or of another history: everything as it is."""
    now = clock.now()
    if after == head:  # as most are who come back: nothing to look up
        return [frames.welcome(stream, head=head, after=head, at=now, html=None)]
    last = events.previous(db, stream, head, group.audience)
    missed: list[Stored] = []
    if after is not None and after < head:
        most = MOST_REPLAYED + 1
        missed = events.history(db, stream, after=after, audience=group.audience, limit=most)
    # Even where nothing visible was missed, hidden events may have changed what the page shows.
    html = blocks(db, stream, group, head) or None
    if after is None or after > head or len(missed) > MOST_REPLAYED:
        return [frames.welcome(stream, head=last, after=last, at=now, html=html)]
    prev = events.previous(db, stream, after, group.audience) if missed else last
    first = frames.welcome(stream, head=last, after=after, at=now, html=html)
    return [first, *frames.replay(missed, prev, stream, None, now)]


def blocks(db: Db, stream: str, group: Group, head: int) -> dict[str, str]:
    """The HTML of a view's blocks at this head: rendered once, however many ask."""
    if group.view is None:
        return {}
    key = (storage(), stream, group.view, group.lang, head)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    kind, ident = refs.parse(stream)
    view = registry.views[kind, group.view]
    try:
        with i18n.using(group.lang):
            data = view.data(db, ident)
            made = {
                name: pages.render_block(view.template, name, group.lang, data)
                for name in view.blocks
            }
    except Exception:  # the events must go out even where a template is broken
        log.exception("the view %s of %s could not be rendered", group.view, stream)
        return {}
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def audience_of(db: Db, actor: Actor | None, stream: str) -> Audience | None:
    """The class of a reader of a stream; None where it is invisible, or there is none such."""
    try:
        kind, ident = refs.parse(stream)
        return registry.streams[kind](db, actor, ident)
    except (ValueError, KeyError, Refusal):
        return None


def place_of(stream: str, audience: Audience | None, view: str | None, lang: str) -> Place | None:
    """Where a reader of this class stands; None where the view asks for a higher one."""
    if audience is None:
        return None
    if view is None:
        return Place(Group(audience), audience)
    found = registry.views.get((stream.partition(":")[0], view))
    if found is None or audience < found.audience:
        return None
    return Place(Group(found.audience, view, lang), audience)


def _answers(db: Db, stream: str, head: int, hellos: Collection[Hello]) -> list[Answer]:
    actors = auth.actors_for(db, {hello.credential for hello in hellos if hello.credential})
    own = {actor.id: refs.ref("member", actor.id) for actor in actors.values()}
    others = [name for name in own.values() if name != stream]
    watched = {stream: head} | (events.heads(db, others) if others else {})
    classes: dict[int | None, Audience | None] = {}
    greetings: dict[tuple[Group, int | None], bytes] = {}
    answers = []
    for hello in hellos:
        actor = actors.get(hello.credential) if hello.credential else None
        ident = actor.id if actor else None
        if ident not in classes:
            classes[ident] = audience_of(db, actor, stream)
        lang = i18n.choose(actor.lang if actor else None, hello.wish)
        place = place_of(stream, classes[ident], hello.view, lang)
        data = b""
        if place is not None:
            key = (place.group, hello.after)
            if key not in greetings:
                greetings[key] = b"".join(
                    map(frames.encode, greet(db, stream, place.group, hello.after, head))
                )
            data = greetings[key]
        watch = watched.get(own[ident], 0) if ident is not None else 0
        answers.append(Answer(actor, place, data, watch))
    return answers


class Subject(NamedTuple):
    """An open socket, as it is looked at again."""

    credential: str | None
    actor: Actor | None
    places: dict[str, Audience]


def verdicts(subjects: Collection[Subject]) -> list[str | None]:
    """For each: "signed-out", "reload" if it may now see less of any stream, or None."""
    with reading() as db:
        actors = auth.actors_for(db, {s.credential for s in subjects if s.credential})
        classes: dict[tuple[int | None, str], Audience | None] = {}
        found: list[str | None] = []
        for subject in subjects:
            actor = actors.get(subject.credential) if subject.credential else None
            if subject.actor is not None and actor is None:
                found.append("signed-out")
                continue
            ident = actor.id if actor else None
            lowered = False
            for stream, audience in subject.places.items():
                key = (ident, stream)
                if key not in classes:
                    classes[key] = audience_of(db, actor, stream)
                now = classes[key]
                lowered = lowered or now is None or now < audience
            found.append("reload" if lowered else None)
        return found
