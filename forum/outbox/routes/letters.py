"""What one is told outside the house: how soon, when, and the end of it with one click."""

from zoneinfo import available_timezones

from forum.base import deliveries
from forum.base.db import reading, transaction
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.registry import Group
from forum.base.web import Request, Response, Routes
from forum.members import contacts
from forum.members.queries import place_names
from forum.outbox import outlets, queries, rules, service, tokens, words
from forum.outbox.models import Pace
from forum.outbox.rules import Hours, Preset

routes = Routes("forum.outbox.routes")

AS_EVERYWHERE = "as_everywhere"


@routes.get("/settings/letters")
def letters(request: Request) -> Response:
    """How soon one is told of what, everywhere or in one place, and at which hours."""
    actor = request.member
    place = request.query.text("place", max=64, optional=True)
    with reading() as db:
        wishes = queries.wishes(db, [actor.id]).get(actor.id, {})
        places = sorted({named for _group, named in wishes if named})
        here = queries.whole(db, actor, place) if place else None
        steps = place_names(db, actor, places)
        address = contacts.mail_of(db, [actor.id]).get(actor.id, "")
        options = [(pace.value, _(words.PACE[pace])) for pace in Pace]
        if place:
            options.insert(0, (AS_EVERYWHERE, _("as everywhere")))
        return request.page(
            db,
            offered=bool(outlets.offered()),
            reachable=bool(address),
            dead=bool(address and deliveries.dead(db, "mail", address)),
            place=place,
            title=here.title if here else "",
            preset=rules.preset_of(wishes),
            paces={group.value: _pace(wishes, group, place) for group in rules.CHOSEN},
            hours=queries.hours(db, [actor.id])[actor.id],
            places=[(named, steps[named].title) for named in places if named in steps],
            _presets=[(preset.value, *map(_, words.PRESET[preset])) for preset in Preset],
            _groups=[(group.value, _(words.GROUP[group])) for group in rules.CHOSEN],
            _options=options,
            _always=_(words.GROUP[Group.DUTY]),
            _days=[(number, _(day)) for number, day in enumerate(words.DAYS)],
            _zones=sorted(available_timezones()),
        )


def _pace(wishes: rules.Wishes, group: Group, place: str) -> str:
    if place and (group, place) not in wishes:
        return AS_EVERYWHERE
    return rules.pace(wishes, group, [place] if place else []).value


@routes.post("/settings/letters", page="letters")
def choose(request: Request) -> Response:
    """Say of each group of notices how soon one wants to be told."""
    form, actor = request.form, request.member
    place = form.text("place", max=64, optional=True)
    known = [*(pace.value for pace in Pace), *([AS_EVERYWHERE] if place else [])]
    chosen = {group: form.choice(group.value, known) for group in rules.CHOSEN}
    form.check()
    paces = {group: None if wish == AS_EVERYWHERE else Pace(wish) for group, wish in chosen.items()}
    with transaction() as tx:
        service.choose(tx, actor, place, paces)
    return request.done("/settings/letters", note=_("Saved: this is how you will be told."))


@routes.post("/settings/letters/preset", page="letters")
def choose_preset(request: Request) -> Response:
    """Take one of the ready-made answers."""
    preset = request.form.choice("preset", Preset)
    request.form.check()
    with transaction() as tx:
        service.choose_preset(tx, request.member, preset)
    return request.done("/settings/letters", note=_("Saved: this is how you will be told."))


@routes.post("/settings/letters/hours", page="letters")
def set_hours(request: Request) -> Response:
    """Say when one reads letters."""
    form = request.form
    hours = Hours(
        form.text("zone", max=64),
        form.integer("digest_hour", max=23),
        form.integer("digest_day", max=6),
        form.integer("quiet_from", max=23),
        form.integer("quiet_to", max=23),
    )
    form.check()
    with transaction() as tx:
        service.set_hours(tx, request.member, hours)
    return request.done("/settings/letters", note=_("Saved: this is how you will be told."))


@routes.get("/letters/stop/{token}")
def stop(request: Request, token: str) -> Response:
    """What a letter's address would end, with a button: a mail scanner that looks ends nothing."""
    return _stop_page(request, token, ended=False)


@routes.post("/letters/stop/{token}", open=True)
def end(request: Request, token: str) -> Response:
    """End letters of this sort: the person's button, or their mail program's (RFC 8058)."""
    with transaction() as tx:
        service.stop(tx, _read(token))
    return _stop_page(request, token, ended=True)


def _read(token: str) -> tokens.Stop:
    found = tokens.read(token)
    if found is None:
        raise NotFound(_("This link is not complete. Please copy the whole address."))
    return found


def _stop_page(request: Request, token: str, *, ended: bool) -> Response:
    wanted = _read(token)
    if isinstance(wanted.what, Group):
        sort = _(words.GROUP[wanted.what])
    else:
        sort = {
            Pace.NOW: _("Letters that come at once"),
            Pace.DAILY: _("The daily letter"),
            Pace.WEEKLY: _("The weekly letter"),
        }[wanted.what]
    with reading() as db:
        # Whoever has the letter sees what it is about; its place's name only where all may.
        step = place_names(db, None, [wanted.place]).get(wanted.place) if wanted.place else None
        return request.page(
            db,
            template="outbox/stop.html",
            sort=sort,
            where=step.title if step else "",
            ended=ended,
            _action=f"/letters/stop/{token}",
        )
