"""The benchmark of counting runs, small, and compares counts of the same ballots."""

import json

import pytest

from benchmarks import tally


def test_it_measures_and_compares(capsys: pytest.CaptureFixture[str]) -> None:
    tally.main(["--ballots", "400", "--options", "5", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert found["ballots"] == 400
    for kind in ("as they fall", "at worst"):
        assert found[kind]["irv"] >= 0
        assert set(found[f"{kind}: reading"]) == {"blt", "preflib", "csv"}
        for library in ("pyrankvote", "votelib"):
            assert "irv found" in found[f"{kind}: {library}"]
    assert all(isinstance(holds, bool) for holds in found["targets"].values())
    schulze = found["as they fall: votelib"]["schulze found"]
    assert schulze == found["as they fall: winners"]["schulze"]


def test_the_same_ballots_each_time() -> None:
    for make in (tally.as_they_fall, tally.at_worst):
        assert make(300, 6) == make(300, 6)
        assert sum(make(300, 6).values()) == 300
    assert len(tally.at_worst(300, 10)) > 290 > len(tally.as_they_fall(300, 10))
