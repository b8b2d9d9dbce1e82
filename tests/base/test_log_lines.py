"""Logs: one JSON object a line, and nothing of what people wrote."""

import io
import json
import logging

import pytest
from conftest import Client

from forum.base import log

SECRET = "nobody may read this"


@pytest.fixture(autouse=True)
def _loud(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "quiet", False)


def test_a_request_is_a_line_without_its_words(
    capsys: pytest.CaptureFixture[str], client: Client
) -> None:
    """The route's template, not the path; no query, no body."""
    client("bob").get(f"/consultations?q={SECRET}")
    client(None).post("/sign-in", data={"login": SECRET, "password": SECRET})
    client(None).get(f"/nothing/{SECRET}")
    written = capsys.readouterr().err
    assert "nobody" not in written
    first, *others = [json.loads(line) for line in written.splitlines()]
    assert first["route"] == "/consultations"
    assert first["status"] == 200
    assert first["actor"]
    assert first["ms"] >= 0
    assert [line["status"] for line in others][-1] == 404
    assert len({line["id"] for line in (first, *others)}) == 3


def test_a_fault_names_places_not_values() -> None:
    """The message of an exception may quote a row: it stays out."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(log.Lines())
    logger = logging.getLogger("folkmoot")
    logger.addHandler(handler)
    try:
        try:
            raise ValueError(SECRET)
        except ValueError as error:
            log.fault("abc", "/items/{item:int}", error)
    finally:
        logger.removeHandler(handler)
    line = json.loads(lines.getvalue())
    assert line["id"] == "abc"
    assert line["error"] == "builtins.ValueError"
    assert "test_a_fault_names_places" in line["trace"][-1]
    assert SECRET not in lines.getvalue()
