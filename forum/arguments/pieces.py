"""Arguments as HTML: each one rendered once for all that it depends on, then only joined."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from forum.agenda import queries as agenda
from forum.agenda.queries import ItemAccess, ItemRow
from forum.arguments import pictures, queries, rules, words
from forum.arguments.models import Opinion
from forum.arguments.queries import ArgumentRow
from forum.arguments.threads import Line
from forum.attachments.along import ACCEPTED
from forum.base import i18n, pages
from forum.base.db import Db
from forum.base.fragments import cached, encoded
from forum.base.web import Request
from forum.consultations.rules import Deed

TEMPLATE = "arguments/argument.html"


class Look(NamedTuple):
    """What an argument's HTML depends on beside the argument: the reader's rights, and the page."""

    lang: str
    zone: str
    moderates: bool
    answers: bool
    reacts: bool
    # In a list by time or agreement, each one says whom it answers; nothing is indented.
    alone: bool
    # The depth at which the page begins; what lies `rules.SHOWN_DEPTH` beneath is collapsed.
    base: int


def argue_form(request: Request, db: Db, item: int) -> Markup:
    """The form for an argument: the same for all, but for one that is shown again as typed."""
    alone = request.looks.mode == "elder"  # there the form has the screen to itself

    def make() -> str:
        facts = {"item_id": item, "stances": words.choices(), "most": rules.BODY_MOST}
        facts |= {"accepted": ACCEPTED}
        return request.fragment(db, "arguments/argue.html", alone=alone, **facts)

    if request.form.errors:
        return Markup(make())  # noqa: S704 - rendered by our own escaping templates
    return cached(("argue", item, i18n.current(), alone), make)


def balance(request: Request, db: Db, item: ItemRow, head: int) -> Markup:
    """How the stances lie, drawn once for each state of the consultation's log."""

    def make() -> str:
        picture = pictures.balance(db, item.id, item.voices)
        return request.fragment(db, "arguments/balance.html", picture=picture)

    return cached(("balance", item.id, head, i18n.current()), make)


def look(db: Db, access: ItemAccess, *, alone: bool = False, base: int = 0) -> Look:
    """How this reader sees the arguments of an item."""
    whole = access.access
    return Look(
        lang=i18n.current(),
        zone=whole.consultation.zone,
        moderates=whole.moderates,
        answers=whole.may(Deed.ARGUE) and agenda.arguable(db, access.item),
        reacts=whole.may(Deed.REACT),
        alone=alone,
        base=base,
    )


def rendered(db: Db, look: Look, lines: Sequence[Line], *, reader: int | None) -> list[bytes]:
    """The fragments of a page's arguments; those not yet kept are read together and rendered."""
    full: dict[int, ArgumentRow] = {}

    def make(place: int) -> str:
        line = lines[place]
        if not full:
            idents = [each.id for each in lines]
            full.update(queries.in_full(db, idents, moderates=look.moderates))
        opinion = Opinion(line.opinion) if line.opinion else None
        mine = line.author_id == reader
        return _render(full[line.id], look, opinion, stale=bool(line.stale), mine=mine)

    seen = repr(look)  # unlike the tuple's, its hash is worked out once for all of them
    return encoded([(line, line.author_id == reader, seen) for line in lines], make)


def _render(
    argument: ArgumentRow, look: Look, opinion: Opinion | None, *, stale: bool, mine: bool
) -> str:
    return pages.template(TEMPLATE).render(
        argument=argument,
        look=look,
        opinion=opinion,
        stale=stale,
        mine=mine,
        opinions=[
            (each, words.opinion(each), count)
            for each, count in zip(
                Opinion, (argument.agree, argument.disagree, argument.passes), strict=True
            )
        ],
        stance=words.stance(argument.stance),
        tone=words.TONES[argument.stance],
        review=words.review(argument.review),
        depth=0 if look.alone else min(argument.depth - look.base, 4),
        collapsed=not look.alone and argument.depth - look.base == rules.SHOWN_DEPTH,
    )
