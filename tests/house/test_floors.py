"""Rooms import downward only, and nothing grows past what one can read at a sitting."""

import pytest
from house.tree import PACKAGES, ROOMS, ROOT, Module, floor, imports, modules, tree_of

from forum.base import registry

MOST_LINES = 300
WRITTEN_BY_A_TOOL = ("migrations/versions/",)


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_imports_go_down(module: Module) -> None:
    """What a lower room needs of a higher one passes through the ground floor."""
    here = floor(module.name)
    up = [
        f"{module.place}:{line} imports {name}"
        for name, line in imports(module.path)
        if (there := floor(name)) is not None and (here is None or there > here)
    ]
    assert not up, "\n".join(up)


def test_every_room_has_its_floor() -> None:
    """A package that no floor names would never be loaded."""
    known = {*ROOMS, "forum.base"}
    found = {
        f"{package}.{folder.name}"
        for package in PACKAGES
        for folder in (ROOT / package).iterdir()
        if (folder / "__init__.py").exists()
    }
    assert not found - known


def test_nothing_below_the_top_imports_demo_tests_or_benchmarks() -> None:
    """They stand on the house, not in it."""
    above = {"demo", "tests", "benchmarks", "simulations", "run", "cast", "migrations"}
    wrong = [
        f"{module.place}:{line} imports {name}"
        for module in modules()
        for name, line in imports(module.path)
        if name.split(".")[0] in above
    ]
    assert not wrong, "\n".join(wrong)


def test_a_file_is_a_sitting_long() -> None:
    """Split by meaning what passes 300 lines."""
    kinds = ("*.py", "*.html", "*.js", "*.css")
    folders = [
        *PACKAGES,
        "migrations",
        "demo",
        "benchmarks",
        "simulations",
        "tests",
        "templates",
        "static",
    ]
    paths = [path for folder in folders for kind in kinds for path in (ROOT / folder).rglob(kind)]
    long = []
    for path in (*paths, ROOT / "run.py"):
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(WRITTEN_BY_A_TOOL) or "/vendor/" in name:
            continue
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > MOST_LINES:
            long.append(f"{name}: {lines} lines")
    assert not long, "\n".join(long)


def test_every_module_says_what_it_is() -> None:
    """The first lines of a file tell what it is for."""
    silent = [module.place for module in modules() if not _docstring(module)]
    assert not silent, "\n".join(silent)


def _docstring(module: Module) -> bool:
    body = tree_of(module.path).body
    return bool(body) and bool(getattr(getattr(body[0], "value", None), "value", ""))


def test_rooms_use_the_names_of_the_grammar() -> None:
    """What `registry.load` would not find does not register."""
    wrong = [
        module.place
        for module in modules()
        if module.room in ROOMS
        and module.name.split(".")[-1] in {"views", "handlers", "schemas", "utils", "helpers"}
    ]
    assert not wrong
    assert set(registry.rooms()) <= set(ROOMS)
