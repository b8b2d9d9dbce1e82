"""What exists only in a demo: one-click personas, the mailbox page."""

from ipaddress import ip_address

from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.settings import settings


def require_demo() -> None:
    """Only in a data folder that `demo` made, and only where nobody else can reach it."""
    host = settings().host
    try:
        alone = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        alone = False
    if not (settings().demo and alone):
        raise NotFound(_("There is no such page."))
