"""The address in a letter that ends letters of its sort: whoever has the letter may use it."""

from typing import NamedTuple

from itsdangerous import BadData, URLSafeSerializer

from forum.base import keys
from forum.base.registry import Group
from forum.base.settings import settings
from forum.outbox.models import Pace


class Stop(NamedTuple):
    """Whose letters of which group (in a place, or everywhere) or of which pace shall end."""

    member: int
    what: Group | Pace
    place: str = ""


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(keys.cookie_secret(), salt="stop letters")


def address(stop: Stop) -> str:
    """Its address; good for as long as the letter is kept."""
    token = _signer().dumps([stop.member, stop.what.value, stop.place])
    return f"{origin()}/letters/stop/{token}"


def read(token: str) -> Stop | None:
    """What a token ends; None when it is none of ours."""
    try:
        member, what, place = _signer().loads(token)
    except BadData:
        return None
    return Stop(member, Group(what) if what in set(Group) else Pace(what), place)


def origin() -> str:
    """Where this server is, for whoever reads of it elsewhere."""
    config = settings()
    if config.base_url:
        return config.base_url.rstrip("/")
    return f"{'https' if config.tls_cert else 'http'}://{config.host}:{config.port}"
