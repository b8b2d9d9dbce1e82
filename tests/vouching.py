"""How tests come in by a sign-in service: set out, come back, open an account."""

from urllib.parse import urlsplit

from fake_oidc import Provider
from sqlalchemy import select
from sqlmodel import col
from starlette.testclient import TestClient

from forum.base import auth
from forum.base.db import reading
from forum.members.models import Member


def set_out(browser: TestClient, path: str = "/sign-in/with/city") -> str:
    """The address to which we send the browser."""
    answer = browser.get(path)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def come_back(browser: TestClient, provider: Provider) -> str:
    """The address to which the provider sends it back, as a path of ours."""
    parts = urlsplit(provider.authorize(set_out(browser)))
    return f"{parts.path}?{parts.query}"


def refused(browser: TestClient, path: str) -> None:
    """The way back leads nowhere."""
    answer = browser.get(path)
    assert answer.status_code == 403, answer.headers
    assert "City ID did not confirm who you are" in answer.text
    assert auth.COOKIE not in browser.cookies


def join(browser: TestClient, provider: Provider, name: str = "Willow") -> int:
    """Open an account by the provider; returns whose it is."""
    form = browser.get(come_back(browser, provider)).headers["location"]
    assert form.startswith("/register/with/")
    assert browser.get(form).status_code == 200
    answer = browser.post(form, data={"name": name})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    with reading() as db:
        found: int = db.execute(select(col(Member.id)).where(col(Member.name) == name)).scalar_one()
        return found
