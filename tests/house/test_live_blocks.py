"""Live pages: each shared block renders alone, from data that belong to no one reader."""

import re

import pytest
from cast import Cast
from house.tree import PACKAGES
from jinja2 import nodes
from jinja2.meta import find_undeclared_variables
from sitting import debating

from forum.base import db, i18n, pages, registry

registry.load()
VIEWS = sorted(
    key for key, view in registry.views.items() if view.data.__module__.split(".")[0] in PACKAGES
)
# What a page knows of its reader, and a block that many readers share must not.
OF_A_READER = {
    "actor",
    "may",
    "mine",
    "note",
    "path",
    "query",
    "request",
    "theme",
    "mode",
    "unread",
}


def block_of(template: str, name: str) -> nodes.Block:
    """A block of a template as it is written."""
    env = pages.environment()
    assert env.loader is not None
    source = env.loader.get_source(env, template)[0]
    found = [b for b in env.parse(source).find_all(nodes.Block) if b.name == name]
    assert len(found) == 1, f"{template} has no block {name}"
    return found[0]


@pytest.mark.parametrize("key", VIEWS, ids=":".join)
def test_shared_blocks_know_no_reader(key: tuple[str, str]) -> None:
    """Its HTML goes to everybody who may open the page."""
    view = registry.views[key]
    for name in view.blocks:
        block = block_of(view.template, name)
        alone = nodes.Template(block.body, lineno=1)
        alone.set_environment(pages.environment())
        known = find_undeclared_variables(alone)
        assert not known & OF_A_READER, f"{view.template}: {name}"


@pytest.mark.parametrize("lang", sorted(i18n.LANGUAGES))
@pytest.mark.parametrize("key", VIEWS, ids=":".join)
def test_every_block_renders_alone(key: tuple[str, str], lang: str, cast: Cast) -> None:
    """As the hub does it, and into an element that bears its name."""
    view = registry.views[key]
    subjects = {"meeting": debating(cast).meeting, "consultation": cast.consultation}
    with db.reading() as session, i18n.using(lang):
        data = view.data(session, subjects[view.stream])
    for name in view.blocks:
        html = pages.render_block(view.template, name, lang, data)
        assert re.search(rf'^\s*<\w+[^>]*\sid="{name}"', html), f"{view.template}: {name}"
