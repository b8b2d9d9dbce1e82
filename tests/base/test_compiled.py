"""What is compiled once and kept beside its source: only ever used where it fits, never needed."""

import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from forum.base import i18n, pages
from forum.base.compiled import Kept, Templates, digest


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of sources with one template, in a Python that may write beside it."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "a.html").write_text("{{ 6 * 7 }}")
    return tmp_path


@pytest.fixture
def compiling(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that are compiled, in order."""
    seen: list[str] = []
    old: Callable[..., object] = Environment.compile

    def note(self: Environment, source: str, *rest: object, **more: object) -> object:
        seen.append(source)
        return old(self, source, *rest, **more)

    monkeypatch.setattr(Environment, "compile", note)
    return seen


def shown(folder: Path, makers: bytes = b"") -> str:
    """The template as a fresh start shows it."""
    kept = Templates(folder, makers)
    start = Environment(loader=FileSystemLoader(folder), bytecode_cache=kept, autoescape=True)
    return start.get_template("a.html").render()


def test_a_template_is_compiled_once_for_all_starts(folder: Path, compiling: list[str]) -> None:
    assert [shown(folder) for _start in range(3)] == ["42"] * 3
    assert compiling == ["{{ 6 * 7 }}"]
    assert [path.suffix for path in (folder / "__pycache__").iterdir()] == [".jinja"]


def test_another_text_is_compiled_anew(folder: Path, compiling: list[str]) -> None:
    for text in ("one", "two", "two"):
        (folder / "a.html").write_text(text)
        assert shown(folder) == text
    assert compiling == ["one", "two"]


def test_what_compiles_otherwise_compiles_anew(folder: Path, compiling: list[str]) -> None:
    for makers in (b"one", b"other", b"other"):
        shown(folder, makers)
    assert len(compiling) == 2


def test_the_digest_is_of_what_the_modules_say(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(folder)
    maker = folder / "maker_of_pages.py"
    maker.write_text("TRIM = True\n")
    monkeypatch.setitem(sys.modules, "maker_of_pages", import_module("maker_of_pages"))
    before = digest("maker_of_pages", "builtins")
    assert digest("maker_of_pages", "builtins") == before
    maker.write_text("TRIM = False\n")
    assert digest("maker_of_pages", "builtins") != before


def test_what_is_damaged_is_made_anew(folder: Path, compiling: list[str]) -> None:
    shown(folder)
    [kept] = (folder / "__pycache__").iterdir()
    whole = kept.read_bytes()
    for harm in (b"", whole[:-1], whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:]):
        kept.write_bytes(harm)
        assert shown(folder) == "42"
        assert kept.read_bytes() == whole
    assert len(compiling) == 4


def test_a_damaged_file_is_not_found(folder: Path) -> None:
    kept = Kept(folder, b"source")
    kept.keep("a.mo", b"made")
    path = folder / "__pycache__" / "a.mo"
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert kept.find("a.mo") is None
    path.write_bytes(whole)
    assert kept.find("a.mo") == b"made"


def test_it_lies_where_python_keeps_its_own(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart = tmp_path_factory.mktemp("apart")
    monkeypatch.setattr(sys, "pycache_prefix", str(apart))
    Kept(folder, b"source").keep("a.mo", b"made")
    assert Kept(folder, b"source").find("a.mo") == b"made"
    assert [path.name for path in apart.rglob("*") if path.is_file()] == ["a.mo"]
    assert not (folder / "__pycache__").exists()


def test_where_nobody_may_write_nothing_is_kept(folder: Path) -> None:
    (folder / "__pycache__").write_text("a file stands in the way")
    assert [shown(folder) for _start in range(2)] == ["42"] * 2


def test_a_write_that_fails_leaves_nothing_behind(folder: Path) -> None:
    (folder / "__pycache__" / "a.mo").mkdir(parents=True)  # nothing can take its place
    Kept(folder, b"source").keep("a.mo", b"made")
    assert [path.name for path in (folder / "__pycache__").iterdir()] == ["a.mo"]


def test_a_python_that_writes_no_code_writes_none_here(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert shown(folder) == "42"
    assert not (folder / "__pycache__").exists()


def test_only_what_was_made_of_this_source_is_found(folder: Path) -> None:
    Kept(folder, b"source").keep("a.mo", b"made\nin two lines")
    assert Kept(folder, b"source").find("a.mo") == b"made\nin two lines"
    assert Kept(folder, b"another").find("a.mo") is None
    assert Kept(folder, b"source").find("b.mo") is None


def test_a_catalogue_is_merged_once_for_all_starts(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "zh_Hans_CN").mkdir()
    (folder / "zh_Hans_CN" / "a.po").write_text('msgid "Lift"\nmsgstr "电梯"\n', "utf-8")
    monkeypatch.setattr(i18n, "LOCALES", folder)
    merging: list[str] = []
    old = i18n._merged

    def note(lang: str, sources: Iterable[bytes]) -> bytes:
        merging.append(lang)
        return old(lang, sources)

    monkeypatch.setattr(i18n, "_merged", note)
    for _start in range(2):
        assert i18n.translations.__wrapped__("zh_Hans_CN").gettext("Lift") == "电梯"
    assert merging == ["zh_Hans_CN"]
    (folder / "zh_Hans_CN" / "a.po").write_text('msgid "Lift"\nmsgstr "升降机"\n', "utf-8")
    assert i18n.translations.__wrapped__("zh_Hans_CN").gettext("Lift") == "升降机"
    monkeypatch.setattr(i18n, "_MERGED_BY", b"other code")
    assert i18n.translations.__wrapped__("zh_Hans_CN").gettext("Lift") == "升降机"
    assert len(merging) == 3


def test_our_filters_are_part_of_what_a_template_is_made_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given: list[tuple[Path, bytes]] = []
    monkeypatch.setattr(pages, "Templates", lambda *words: given.append(words))
    filters = pages.environment.__wrapped__().filters.values()
    assert given == [(pages.ROOT / "templates", digest(*pages.MAKERS))]
    ours = {way.__module__ for way in filters if way.__module__.startswith("forum.")}
    assert ours
    assert ours <= set(pages.MAKERS)
