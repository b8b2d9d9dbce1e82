"""The operator's guide names every setting once, with its default, and no other."""

import re
from pathlib import Path

from house.tree import ROOT

from forum.base.settings import Settings

GUIDE = (ROOT / "docs/operators.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `FOLKMOOT_([A-Z_]+)` \| (.+) \| (.+) \|$", re.MULTILINE)
PREFIX = "FOLKMOOT_"


def test_every_setting_has_one_row() -> None:
    named = sorted(row[1].lower() for row in ROW.finditer(GUIDE))
    assert named == sorted(Settings.model_fields)


def test_the_guide_names_no_other() -> None:
    mentioned = {name.lower() for name in re.findall(rf"{PREFIX}([A-Z_]*[A-Z])", GUIDE)}
    assert mentioned <= set(Settings.model_fields)


def test_the_defaults_are_these() -> None:
    """What is written as code is the default itself; words say what an empty one comes to."""
    for name, _meaning, said in ROW.findall(GUIDE):
        default = Settings.model_fields[name.lower()].get_default(call_default_factory=True)
        written = re.match(r"`(.+?)`", said)
        assert (written[1] if written else "") == _written(default), name


def _written(default: object) -> str:
    if isinstance(default, Path):
        return default.name
    if isinstance(default, bool):
        return str(default).lower()
    return str(default) if default and isinstance(default, (int, str)) else ""
