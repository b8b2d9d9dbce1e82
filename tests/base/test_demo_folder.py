"""The demo's folder: there wholly or not at all, and marked as what it is."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from forum.base import db, settings
from forum.base.commands import demo


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the demo is to be."""
    before = dict(os.environ)
    yield tmp_path / "demo"
    db.close()
    os.environ.clear()
    os.environ.update(before)


def test_an_interrupted_load_is_redone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was half loaded is thrown away."""
    tries: list[Path] = []

    def load() -> None:
        here = settings.settings().data
        assert not (here / "half").exists()
        (here / "half").touch()
        tries.append(here)
        if len(tries) == 1:
            raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "demo", SimpleNamespace(load=load))
    with pytest.raises(KeyboardInterrupt):
        demo.load(folder)
    assert not folder.exists()
    demo.load(folder)
    assert (folder / settings.DEMO_MARKER).exists()
    assert (folder / "half").exists()
    assert [path.name for path in folder.parent.iterdir()] == ["demo"]
    assert settings.configure(data=folder).demo


def test_a_demo_is_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """It never touches the database or the bus that a real server is set to use."""
    for name in demo.ALONE:
        monkeypatch.setenv(name, "postgresql://real/one" if "URL" in name else "9")
    for name, value in demo.ALONE.items():
        monkeypatch.setenv(name, value)
    config = settings.configure()
    assert config.sqlite
    assert config.host == "127.0.0.1"
    assert not any([config.bus_url, config.base_url, config.tls_cert, config.trusted_proxies])
