"""One's own addresses and numbers, and who of the staff saw them."""

from forum.base.db import reading, transaction
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from forum.members import contacts, letters, verifications
from forum.members.identities import ContactKind
from forum.members.routes.mail import address_of, require_letters
from forum.members.service import links

routes = Routes("forum.members.routes")


@routes.get("/settings/contacts")
def own_contacts(request: Request) -> Response:
    """How one can be reached, how one is known here, and who looked."""
    actor = request.member
    with reading() as db:
        return request.page(
            db,
            contacts=contacts.own(db, actor),
            accesses=contacts.accesses(db, actor.id),
            marks=verifications.of(db, actor, actor.id),
            by_mail=letters.offered(),
        )


@routes.post("/settings/contacts/mail", page="own_contacts")
def add_mail(request: Request) -> Response:
    """Keep a mail address and send the letter that confirms it."""
    require_letters()
    actor, address = request.member, request.form.text("mail", max=254)
    request.form.check()
    with transaction() as tx:
        new = contacts.add(tx, actor, actor.id, ContactKind.MAIL, address)
        links.ask_to_confirm(tx, actor, new, address, base=address_of(request))
    words = _("A letter is on its way. Open its link to confirm the address.")
    return request.done("/settings/contacts", note=words)


@routes.post("/settings/contacts/phone", page="own_contacts")
def add_phone(request: Request) -> Response:
    """Keep a telephone number; a clerk at the station confirms it."""
    actor, number = request.member, request.form.text("phone", max=40)
    request.form.check()
    with transaction() as tx:
        contacts.add(tx, actor, actor.id, ContactKind.PHONE, number)
    words = _("The number is kept. Your station confirms it at the counter.")
    return request.done("/settings/contacts", note=words)


@routes.post("/settings/contacts/{contact:int}/remove")
def remove_contact(request: Request, contact: int) -> Response:
    """Forget an address or a number."""
    with transaction() as tx:
        contacts.remove(tx, request.member, contact)
    return request.done("/settings/contacts", note=_("It is forgotten."))


@routes.get("/contacts/{token}")
def confirm_contact(request: Request, token: str) -> Response:
    """A button; the link itself confirms nothing yet."""
    actor = request.member
    with reading() as db:
        links.look_for(db, actor, token)
        return request.page(db, token=token)


@routes.post("/contacts/{token}", unlogged=True)
def confirm_address(request: Request, token: str) -> Response:
    """The address is one's own."""
    with transaction() as tx:
        links.confirm_by_link(tx, request.member, token)
    onward = "/settings/membership" if request.member.guest_of else "/settings/contacts"
    return request.done(onward, note=_("The address is confirmed."))
