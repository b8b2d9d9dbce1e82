"""What the benches compare with is the same page: it must not fall behind the templates."""

import re
from pathlib import Path

import pytest
from conftest import Client
from starlette.testclient import TestClient

from benchmarks import pages, pages_orm
from forum.base import auth

ARTICLE = re.compile(r'<article\b.*?id="argument-\d+".*?</article>', re.DOTALL)
BLANKS = re.compile(r"\s+")


def articles(page: str) -> list[str]:
    """What stands in the thread, each argument as it is shown."""
    return [BLANKS.sub(" ", found) for found in ARTICLE.findall(page)]


def test_the_page_of_mapped_objects_shows_what_the_real_one_does(
    client: Client, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "ARGUMENTS", 7)
    monkeypatch.setattr(pages, "REACTED", 3)
    item, token = pages.fill()
    reader = client(None)
    reader.cookies.set(auth.COOKIE, token)
    real = reader.get(f"/items/{item}?tab=thread").text
    other = TestClient(pages_orm.create_app(data), cookies={auth.COOKIE: token})
    mapped = other.get(f"/items/{item}").text
    assert len(articles(real)) == 7
    assert articles(mapped) == articles(real)
    assert "The stairwell is narrow" in mapped
