"""The second step: at sign-in, by a code from the counter, and in the settings."""

from forum.base import limits
from forum.base.db import Db, reading, transaction
from forum.base.errors import Invalid, NotFound
from forum.base.i18n import _
from forum.base.settings import settings
from forum.base.web import Request, Response, Routes
from forum.members import people, queries, rules, second, service, totp
from forum.members.doorway import STEP, STEP_PAGE, enter, entered, open_door
from forum.members.identities import EntryLink, Purpose
from forum.members.passwords import hashed
from forum.members.service import doors, links
from forum.members.service import second as steps

routes = Routes("forum.members.routes")


@routes.get(STEP_PAGE)
def second_step(request: Request) -> Response:
    """The code from the authenticator; whoever has no sign-in under way begins one."""
    with reading() as db:
        try:
            _under_way(db, request)
        except NotFound:
            return request.done("/sign-in")
        return request.page(db)


@routes.post(STEP_PAGE, page="second_step", unlogged=True)
def take_step(request: Request) -> Response:
    """Check the code and come in."""
    code = request.form.text("code", max=40)
    request.form.check()
    with reading() as db:
        link = _under_way(db, request)
        member = link.member_id or 0
        shut = doors.door("second", str(member))
        doors.require_open(db, shut)
    with transaction() as tx:
        right = steps.check(tx, member, code)
        if right:
            link = links.claim(tx, Purpose.SECOND, request.cookies[STEP])
            doors.opened(tx, shut)
            open_door(request, tx, member, shared=link.shared)
        else:
            doors.failed(tx, shut, member)
    if not right:
        words = _("This code is not right, or was used already.")
        raise Invalid(words, fields={"code": words})
    request.set_cookie(STEP, "", max_age=0)
    return entered(request, link.back, shared=link.shared)


def _under_way(db: Db, request: Request) -> EntryLink:
    return links.look(db, Purpose.SECOND, request.cookies.get(STEP, ""))


@routes.post("/new-password/code", page="lost", unlogged=True)
def password_by_code(request: Request) -> Response:
    """Take a new password with the code that a clerk handed out."""
    form = request.form
    login, code = rules.folded(form.text("login", max=200)), form.text("code", max=40)
    password, shared = form.text("password", max=200), form.flag("shared")
    form.check()
    limits.check_address("link", request.address)
    service.check_password(password, login)
    shut = doors.door("code", login)
    with reading() as db:
        doors.require_open(db, shut)
    secret = hashed(password)
    try:
        with transaction() as tx:
            link = links.new_password_by_code(tx, login, code, secret)
            doors.opened(tx, shut)
            to = enter(request, tx, link.member_id or 0, shared=shared, to="/")
    except NotFound as unknown:
        with transaction() as tx:
            found = queries.credential(tx, login)
            doors.failed(tx, shut, found[0] if found else None)
        words = _("Login name or code is not right, or the code's day is over.")
        raise Invalid(words, fields={"code": words}) from unknown
    return entered(request, to, shared=shared, note=_("Your new password holds."))


@routes.get("/settings/second-step")
def second_factor(request: Request) -> Response:
    """Whether there is a second step; the picture for the authenticator while it is set up."""
    actor = request.member
    with reading() as db:
        secret = second.pending(db, actor.id)
        login = people.account(db, actor).login
        address = totp.uri(secret, issuer=settings().name, account=login) if secret else ""
        return request.page(
            db,
            has=second.has(db, actor.id),
            _secret=" ".join(secret[at : at + 4] for at in range(0, 32, 4)) if secret else "",
            _address=address,
            left=second.codes_left(db, actor.id),
            asleep=second.missing(db, actor.id)
            and rules.serves(grant.role for grant in queries.grants(db, [actor.id])),
        )


@routes.post("/settings/second-step")
def begin_second(request: Request) -> Response:
    """Make a secret to take into the authenticator."""
    with transaction() as tx:
        steps.begin(tx, request.member)
    return request.done("/settings/second-step")


@routes.post("/settings/second-step/code", page="second_factor", unlogged=True)
def settle_second(request: Request) -> Response:
    """The first code: from now on it is asked for; the recovery codes are shown this once."""
    return _codes(request, first=True)


@routes.post("/settings/second-step/recovery", page="second_factor", unlogged=True)
def renew_codes(request: Request) -> Response:
    """New recovery codes; those before are worth nothing."""
    return _codes(request, first=False)


@routes.post("/settings/second-step/end", page="second_factor")
def end_second(request: Request) -> Response:
    """Take the second step off, against a code."""
    actor, code = request.member, request.form.text("code", max=40)
    request.form.check()
    limits.check(f"code:{actor.id}", per_minute=1, burst=10)
    with transaction() as tx:
        steps.end(tx, actor, code)
    return request.done("/settings/second-step", note=_("The second step is off."))


def _codes(request: Request, *, first: bool) -> Response:
    actor, code = request.member, request.form.text("code", max=40)
    request.form.check()
    limits.check(f"code:{actor.id}", per_minute=1, burst=10)
    with transaction() as tx:
        codes = steps.settle(tx, actor, code) if first else steps.renew_codes(tx, actor, code)
        if first:
            service.sign_out_others(tx, actor)
    with reading() as db:
        return request.page(db, template="members/recovery_codes.html", codes=codes)
