"""What is compiled once and kept beside the data: only ever used where it fits, never needed."""

import shutil
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from forum.base import compiled, settings
from forum.base.compiled import Templates


def environment(texts: dict[str, str], *makers: Path) -> Environment:
    """A fresh one, as after a start."""
    kept = Templates(*makers)
    return Environment(loader=DictLoader(texts), bytecode_cache=kept, autoescape=True)


@pytest.fixture(autouse=True)
def cache(data: Path) -> Path:
    """Where it is kept, with nothing there yet."""
    folder = data / "cache"
    shutil.rmtree(folder, ignore_errors=True)
    return folder


@pytest.fixture
def compiling(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that are compiled, in order."""
    seen: list[str] = []
    old = Environment.compile

    def note(self: Environment, source: str, *rest: object, **more: object) -> object:
        seen.append(source)
        return old(self, source, *rest, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Environment, "compile", note)
    return seen


def test_a_template_is_compiled_once_for_all_starts(compiling: list[str]) -> None:
    texts = {"a.html": "{{ 6 * 7 }}"}
    for _start in range(3):
        assert environment(texts).get_template("a.html").render() == "42"
    assert compiling == ["{{ 6 * 7 }}"]


def test_another_text_is_compiled_anew(compiling: list[str]) -> None:
    for text in ("one", "two", "two"):
        assert environment({"a.html": text}).get_template("a.html").render() == text
    assert compiling == ["one", "two"]


def test_what_compiles_otherwise_compiles_anew(tmp_path: Path, compiling: list[str]) -> None:
    maker = tmp_path / "maker.py"
    for words in ("trim_blocks=True", "trim_blocks=False"):
        maker.write_text(words)
        environment({"a.html": "one"}, maker).get_template("a.html")
    assert len(compiling) == 2


def test_what_is_damaged_is_made_anew(cache: Path, compiling: list[str]) -> None:
    texts = {"a.html": "{{ 6 * 7 }}"}
    environment(texts).get_template("a.html")
    [kept] = cache.iterdir()
    whole = kept.read_bytes()
    for harm in (b"", whole[:-1], whole[:70] + bytes([whole[70] ^ 1]) + whole[71:]):
        kept.write_bytes(harm)
        assert environment(texts).get_template("a.html").render() == "42"
        assert kept.read_bytes() == whole
    assert len(compiling) == 4


def test_without_a_data_folder_nothing_is_kept(tmp_path: Path) -> None:
    settings.configure(data=tmp_path / "none")
    compiled.keep("a", b"source", b"made")
    assert compiled.find("a", b"source") is None
    assert not (tmp_path / "none").exists()


def test_where_nobody_may_write_nothing_is_kept(cache: Path) -> None:
    cache.write_text("a file stands in the way")
    compiled.keep("a", b"source", b"made")
    assert compiled.find("a", b"source") is None


def test_only_what_was_made_of_this_source_is_found(cache: Path) -> None:
    compiled.keep("a", b"source", b"made\nin two lines")
    assert compiled.find("a", b"source") == b"made\nin two lines"
    assert compiled.find("a", b"another") is None
    assert [path.name for path in cache.iterdir()] == ["a"]
