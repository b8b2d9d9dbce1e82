"""One's own account: name, appearance, language, password, devices, tokens."""

from forum.base import auth, limits
from forum.base.auth import CredentialKind
from forum.base.db import reading, transaction
from forum.base.errors import Invalid
from forum.base.i18n import _, offered
from forum.base.looks import TEXT_SIZES
from forum.base.refs import ref
from forum.base.web import Request, Response, Routes
from forum.members import people, queries, second, service
from forum.members.doorway import back
from forum.members.models import Mode, Role, Theme
from forum.members.passwords import hashed, matches
from forum.members.words import role_words, verified_words

routes = Routes("forum.members.routes")

GUEST = "guest"  # whose first visit it is without an account


@routes.get("/settings")
def settings(request: Request) -> Response:
    """Everything that a person may change about their account."""
    actor = request.member
    with reading() as db:
        ways = auth.credentials_of(db, actor.id)
        grants = queries.grants(db, [actor.id])
        places = queries.place_names(db, actor, {grant.place for grant in grants})
        account = people.account(db, actor)
        return request.page(
            db,
            subject=ref("member", actor.id),
            chain=(),
            account=account,
            verified=verified_words(account.verified),
            devices=[way for way in ways if way.kind == CredentialKind.BROWSER],
            tokens=[way for way in ways if way.kind == CredentialKind.TOKEN],
            here=actor.credential_id,
            has_second=second.has(db, actor.id),
            text_sizes=TEXT_SIZES,
            roles=[
                (role_words(grant.role), places[grant.place])
                for grant in grants
                if grant.place in places
            ],
        )


@routes.post("/settings/name", page="settings")
def rename(request: Request) -> Response:
    """Take another display name."""
    name = request.form.text("name", max=200)
    request.form.check()
    with transaction() as tx:
        service.rename(tx, request.member, name)
    return request.done("/settings", note=_("Your name is saved."))


@routes.post("/settings/password", page="settings")
def change_password(request: Request) -> Response:
    """Change the password, knowing the old one; all other devices and programs are out."""
    form, actor = request.form, request.member
    old, new = form.text("old_password", max=200), form.text("new_password", max=200)
    form.check()
    limits.check(f"password:{actor.id}", per_minute=1, burst=10)
    with reading() as db:
        login = people.account(db, actor).login
        known = queries.credential(db, login)
    if not matches(known[1] if known else None, old):
        words = _("This is not your password.")
        raise Invalid(words, fields={"old_password": words})
    service.check_password(new, login, field="new_password")
    secret = hashed(new)
    with transaction() as tx:
        service.set_password(tx, actor, actor.id, secret)
        service.sign_out_others(tx, actor, programs=True)
    note = _("Your password is changed; other devices and programs are out.")
    return request.done("/settings", note=note)


@routes.post("/settings/devices/{device:int}/sign-out")
def end_device(request: Request, device: int) -> Response:
    """Sign one device out."""
    with transaction() as tx:
        service.sign_out(tx, request.member, device)
    return request.done("/settings", note=_("The device is signed out."))


@routes.post("/settings/devices/others")
def end_others(request: Request) -> Response:
    """Sign every device out but this one."""
    with transaction() as tx:
        service.sign_out_others(tx, request.member)
    return request.done("/settings", note=_("All other devices are signed out."))


@routes.post("/settings/tokens", page="settings", unlogged=True)
def token(request: Request) -> Response:
    """Make a token for a program and show it this once."""
    label = request.form.text("label", max=80)
    request.form.check()
    # A retry makes another token rather than that this one is kept with the stored answers.
    with transaction() as tx:
        secret = service.make_token(tx, request.member, label)
    with reading() as db:
        return request.page(db, token=secret, label=label)


@routes.post("/settings/tokens/{token_id:int}/revoke")
def revoke_token(request: Request, token_id: int) -> Response:
    """Shut a program out."""
    with transaction() as tx:
        service.revoke_token(tx, request.member, token_id)
    return request.done("/settings", note=_("The token is revoked."))


@routes.post("/language")
def language(request: Request) -> Response:
    """Read in another language: stored for members, a cookie for guests."""
    lang = request.form.choice("lang", list(offered()))
    request.form.check()
    request.set_cookie("lang", lang)
    if request.actor:
        with transaction() as tx:
            service.prefer(tx, request.actor, lang=lang)
    return request.done(back(request))


@routes.post("/appearance")
def appearance(request: Request) -> Response:
    """Read in other colours, in the larger view, or with larger letters there."""
    form = request.form
    choice: dict[str, str | int | None] = {}
    if form.value("theme"):
        choice["theme"] = form.choice("theme", Theme).value
    if form.value("mode"):
        choice["mode"] = form.choice("mode", Mode).value
    if form.value("text_size"):
        choice["text_size"] = int(form.choice("text_size", list(map(str, TEXT_SIZES))))
    form.check()
    for name, value in choice.items():
        request.set_cookie("text" if name == "text_size" else name, str(value or ""))
    if request.actor and choice:
        with transaction() as tx:
            service.prefer(tx, request.actor, **choice)
    return request.done(back(request))


@routes.post("/hints")
def dismiss_hint(request: Request) -> Response:
    """Never show a first-visit hint again: stored for members, a cookie for guests."""
    hint = request.form.choice("hint", [*Role, GUEST])
    request.form.check()
    if request.actor:
        with transaction() as tx:
            service.dismiss_hint(tx, request.actor, hint)
    else:
        request.set_cookie("hints", GUEST)
    return request.done(back(request))
