"""What the benches compare with is the same page: it must not fall behind the templates."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Client
from starlette.testclient import TestClient

from benchmarks import pages, pages_orm
from forum.base import auth

ROOT = Path(__file__).resolve().parents[2]
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


@pytest.mark.parametrize("words", [("live", "--n=20"), ("ballots", "--n=40", "--connections=4")])
def test_a_bench_runs_to_its_end(words: tuple[str, ...]) -> None:
    """With a handful of everything: what it finds says nothing, but all of it is there."""
    name, *small = words
    command = [sys.executable, "-m", f"benchmarks.{name}", *small, "--rounds=1", "--json"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.stdout, ran.stderr
    found = json.loads(ran.stdout)
    assert found["ratios"]
    assert found["targets"]
    assert ran.returncode == (0 if all(found["targets"].values()) else 1)
