"""The pages and verbs of facilitated sessions."""

from sessions.workshop.routes import giving as giving
from sessions.workshop.routes import leading as leading
from sessions.workshop.routes import pages as pages
from sessions.workshop.routes import panels as panels
