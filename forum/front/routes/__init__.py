"""The pages at the way in: home, help, a thing's chain, a counter's kiosk, the demo's people."""

from forum.front.routes import chain as chain
from forum.front.routes import demo as demo
from forum.front.routes import help as help  # noqa: A004 - the page is called so
from forum.front.routes import home as home
from forum.front.routes import kiosk as kiosk
from forum.front.routes import places as places
from forum.front.routes import search as search
