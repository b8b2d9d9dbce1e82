"""Being told on this device: asked for by a script, for only the browser can give its consent."""

from forum.base.db import reading, transaction
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from forum.members import devices as naming
from forum.push import encryption, queries, service
from forum.push.service import Browser

routes = Routes(__name__)


@routes.get("/settings/push")
def devices(request: Request) -> Response:
    """The devices that one is told on, and the way to add this one."""
    with reading() as db:
        return request.page(
            db,
            devices=queries.devices(db, request.member),
            key=encryption.packed(encryption.point(encryption.server_key().public_key())),
        )


@routes.post("/settings/push", page="devices")
def add(request: Request) -> Response:
    """Tell one on this browser, which has just consented."""
    form, actor = request.form, request.member
    browser = Browser(
        form.text("endpoint", max=1000), form.text("key", max=100), form.text("secret", max=40)
    )
    form.check()
    label = naming.label(request.headers.get("user-agent", ""))
    with transaction() as tx:
        device = service.add(tx, actor, browser, label)
    return request.done("/settings/push", note=_("You are told on this device now."), id=device)


@routes.post("/settings/push/{device:int}/remove")
def remove(request: Request, device: int) -> Response:
    """Tell one nothing more on a device."""
    with transaction() as tx:
        service.remove(tx, request.member, device)
    return request.done("/settings/push", note=_("You are told nothing more on this device."))
