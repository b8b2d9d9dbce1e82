"""The list of consultations, one consultation, and the forms of its texts and terms."""

from zoneinfo import available_timezones

from forum.base import links
from forum.base.db import Db, reading, transaction
from forum.base.errors import Forbidden
from forum.base.events import head
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.registry import panel
from forum.base.settings import settings
from forum.base.web import Form, Request, Response, Routes
from forum.consultations import guests, pages, pictures, queries, rules, service, setups, words
from forum.consultations.changes import differences
from forum.consultations.models import Eligibility, Stage, Visibility
from forum.consultations.queries import Access
from forum.consultations.rules import Deed
from forum.members import queries as members
from forum.members.paging import page
from forum.members.words import role_words
from forum.stations import queries as stations

routes = Routes("forum.consultations.routes")
SIZE = 20
SHOWN_AT_STATION = 5


@routes.get("/consultations")
def consultations(request: Request) -> Response:
    """What the reader may see, open ones first."""
    station = request.query.integer("station", optional=True)
    number = request.query.integer("page", optional=True, min=1) or 1
    archived = request.query.flag("archived")
    with reading() as db:
        found, total = queries.consultations(
            db,
            request.actor,
            station=station,
            archived=archived,
            offset=(number - 1) * SIZE,
            limit=SIZE,
        )
        places = {ref("station", row.station_id) for row in found if row.station_id}
        names = members.place_names(db, request.actor, places)
        return request.page(
            db,
            consultations=found,
            stations={place: step.title for place, step in names.items()},
            station=stations.station(db, station) if station else None,
            stages={stage: words.stage(stage) for stage in Stage},
            pager=page(
                "/consultations",
                number=number,
                total=total,
                size=SIZE,
                station=str(station or ""),
                archived="1" if archived else "",
            ),
            archived=archived,
            may_create=queries.may_create(db, request.actor, station)
            or (station is None and bool(setups.begins_in(db, request.actor))),
        )


@routes.get("/consultations/{consultation:int}")
def consultation(request: Request, consultation: int) -> Response:
    """One consultation: where it stands, what one can do now, its agenda and what came of it."""
    with reading() as db:
        version = guests.of_consultation(db, consultation) if request.actor is None else None
        if version and (kept := request.fresh(version)):
            return kept
        access = queries.access(db, request.actor, consultation)
        row = access.consultation
        chain = links.chain(db, request.actor, access.stream)
        timeline = pages.timeline(db, access)
        return request.page(
            db,
            subject=access.stream,
            chain=chain,
            version=version,
            keep=guests.keepable(access),
            live={"stream": access.stream, "view": "", "after": head(db, access.stream)},
            consultation=row,
            stage=words.stage(row.stage),
            stages=[words.stage(stage) for stage in rules.STAGES],
            stage_index=rules.STAGES.index(row.stage),
            timeline=timeline,
            moves=pages.moves(db, consultation),
            can=_can(access),
            terms=(words.visibility(row.visibility), words.eligibility(row.eligibility)),
            briefing=pages.briefing(db, consultation),
            people=[(role_words(role), found) for role, found in pages.people(db, access)],
            station=stations.station(db, row.station_id) if row.station_id else None,
            moderates=access.moderates and row.archived_at is None,
            restores=access.moderates and row.archived_at is not None,
            _life=pictures.life(db, access, timeline, chain),
            _words=words,
        )


def _can(access: Access) -> list[tuple[str, bool, str]]:
    """What the reader can do now, in plain words: (deed, whether, why not)."""
    own = (Deed.PROPOSE, Deed.ARGUE, Deed.REACT, Deed.POLL)
    stage = access.consultation.stage
    listed = [deed for deed in own if rules.allowed(stage, deed)]
    refusals = {deed: queries.refusal(access, deed) for deed in listed}
    return [
        (words.deed(deed), refused is None, refused.message if refused else "")
        for deed, refused in refusals.items()
    ]


@routes.get("/consultations/{consultation:int}/history")
def history(request: Request, consultation: int) -> Response:
    """How the stage moved, and every text that the purpose and the briefing had."""
    with reading() as db:
        access = queries.access(db, request.actor, consultation)
        found = pages.texts(db, access.stream)
        return request.page(
            db,
            consultation=access.consultation,
            moves=pages.moves(db, consultation),
            texts=found,
            names=members.names(db, [text.author_id for text in found if text.author_id]),
            _changes=[differences(text.earlier or "", text.body) for text in found],
            _words=words,
        )


@routes.get("/consultations/new")
def new(request: Request) -> Response:
    """The form for a new consultation."""
    station = request.query.integer("station", optional=True)
    with reading() as db:
        if not queries.may_create(db, request.member, station):
            raise Forbidden(_("Only moderators and representatives of the place may do this."))
        return _form(db, request, station=station, draft=None)


@routes.post("/consultations", page="new")
def create(request: Request) -> Response:
    """Begin a consultation."""
    draft = _draft(request.form)
    station = request.form.integer("station", optional=True)
    request.form.check()
    with transaction() as tx:
        made = service.create(tx, request.member, draft, station=station)
    note = _("The consultation has begun. Put its first items on the agenda.")
    return request.done(f"/consultations/{made}", note=note, id=made)


@routes.get("/consultations/{consultation:int}/edit")
def edit(request: Request, consultation: int) -> Response:
    """The form with the texts and terms as they stand."""
    with reading() as db:
        access = queries.access(db, request.member, consultation)
        queries.require_moderator(access)
        row = access.consultation
        draft = service.Draft(
            row.title,
            row.summary,
            pages.purpose_source(db, consultation),
            row.visibility,
            row.eligibility,
            row.zone,
        )
        return _form(db, request, station=row.station_id, draft=draft, consultation=consultation)


@routes.post("/consultations/{consultation:int}", page="edit")
def change(request: Request, consultation: int) -> Response:
    """Change texts and terms."""
    draft = _draft(request.form)
    request.form.check()
    with transaction() as tx:
        service.edit(tx, request.member, consultation, draft)
    return request.done(f"/consultations/{consultation}", note=_("Saved."))


def _form(
    db: Db,
    request: Request,
    *,
    station: int | None,
    draft: service.Draft | None,
    consultation: int | None = None,
) -> Response:
    return request.page(
        db,
        consultation=consultation,
        draft=draft,
        station=stations.station(db, station) if station else None,
        visibilities=[(v.value, words.visibility(v)) for v in Visibility],
        eligibilities=[(e.value, words.eligibility(e)) for e in Eligibility],
        default_zone=draft.zone if draft else settings().zone,
        template="consultations/terms.html",
    )


def _draft(form: Form) -> service.Draft:
    draft = service.Draft(
        title=form.text("title", max=120),
        summary=form.text("summary", max=300),
        purpose=form.text("purpose", max=20_000),
        visibility=form.choice("visibility", Visibility, default=Visibility.PUBLIC),
        eligibility=form.choice("eligibility", Eligibility, default=Eligibility.OPEN),
        zone=form.text("zone", default=settings().zone),
    )
    if draft.zone not in available_timezones():
        form.wrong("zone", _("Please write a time zone like Asia/Shanghai."))
    return draft


@panel("stations:station", order=20)
def at_station(db: Db, request: Request, subject: str) -> str | None:
    """What goes on at a station, on its page."""
    station = int(subject.partition(":")[2])
    found, total = queries.consultations(db, request.actor, station=station, limit=SHOWN_AT_STATION)
    may_create = queries.may_create(db, request.actor, station)
    if not (found or may_create):
        return None
    return request.fragment(
        db,
        "consultations/at_station.html",
        consultations=found,
        total=total,
        station_id=station,
        stages={stage: words.stage(stage) for stage in Stage},
        may_create=may_create,
    )
