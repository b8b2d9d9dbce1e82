"""Templates: named as their routes, whole without a script, safe under the strict policy."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from house.tree import ROOT, modules, templates, tree_of

from forum.base import pages, panels, registry
from forum.base.routing import Route, Routes

registry.load()
FOLDER = ROOT / "templates"
ROUTES = [route for routes in Routes.everywhere for route in routes.found.values()]
STYLE = re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE)
HANDLER = re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE)
INLINE_SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE)
ELSEWHERE = re.compile(r"\b(?:src|srcset|poster|action)\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE)
JS_ADDRESS = re.compile(r"=\s*[\"']?javascript:", re.IGNORECASE)
SAFE = re.compile(r"([\w.]+|[^\w\s])\s*\|\s*safe\b")
OURS = re.compile(r"html$|^panel$|^[\"']$")  # stored HTML, a room's panel, a literal
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def name_of(path: Path) -> str:
    """A template's name, as it is loaded."""
    return path.relative_to(FOLDER).as_posix()


def source(path: Path) -> str:
    """A template without its comments."""
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_a_template_is_safe_and_compiles(path: Path) -> None:
    """No style or script of its own, nothing from other hosts."""
    pages.template(name_of(path))
    text = source(path)
    for what in (STYLE, HANDLER, INLINE_SCRIPT, ELSEWHERE, JS_ADDRESS):
        assert not what.findall(text), f"{name_of(path)}: {what.findall(text)}"
    unsafe = [words for words in SAFE.findall(text) if not OURS.search(words)]
    assert not unsafe, f"{name_of(path)}: only stored, sanitised HTML may pass: {unsafe}"


def shows_page(route: Route) -> bool:
    """Whether a route's function renders the template that bears its name."""
    module = next(m for m in modules() if m.name == route.handler.__module__)
    for node in ast.walk(tree_of(module.path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == route.name:
            return any(
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Attribute)
                and call.func.attr == "page"
                and not any(keyword.arg == "template" for keyword in call.keywords)
                for call in ast.walk(node)
            )
    return False


@pytest.mark.parametrize(
    "route", [r for r in ROUTES if r.method == "GET"], ids=lambda r: f"{r.room}:{r.name}"
)
def test_a_page_is_named_as_its_route(route: Route) -> None:
    """templates/<room>/<function>.html, so that either leads to the other."""
    if shows_page(route):
        assert (FOLDER / route.room / f"{route.name}.html").exists()


@pytest.mark.parametrize("route", [r for r in ROUTES if r.page], ids=lambda r: f"{r.room}:{r.name}")
def test_a_form_goes_back_to_its_page(route: Route) -> None:
    """`page=` names a GET function of the same room whose path takes the same parameters."""
    forms = [r for r in ROUTES if (r.room, r.method, r.name) == (route.room, "GET", route.page)]
    assert len(forms) == 1
    parameters = re.compile(r"\{(\w+)")
    assert set(parameters.findall(forms[0].path)) <= set(parameters.findall(route.path))


def test_no_two_routes_answer_at_one_address() -> None:
    """The second one would never be reached."""
    seen: dict[tuple[str, str], str] = {}
    for route in ROUTES:
        key = (route.method, re.sub(r"\{\w+", "{", route.path))
        assert seen.setdefault(key, f"{route.room}:{route.name}") == f"{route.room}:{route.name}"


@cache
def mentioned() -> str:
    """Everything that could name a template: Python and the other templates."""
    texts = [module.path.read_text(encoding="utf-8") for module in modules()]
    return "\n".join([*texts, *map(source, templates())])


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_a_template_is_used(path: Path) -> None:
    """By the route of its name, or by name."""
    name = name_of(path)
    room, _, file = name.rpartition("/")
    routed = any(r.room == room and f"{r.name}.html" == file for r in ROUTES)
    named = f'"{name}"' in mentioned() or f"'{name}'" in mentioned()
    assert routed or named, name


def test_every_panel_has_its_page() -> None:
    known = {f"{route.room}:{route.name}" for route in ROUTES if route.method == "GET"}
    known.add("agenda:item")  # the item's page, which the arguments room draws
    assert panels.pages() <= known
