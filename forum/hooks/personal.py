"""Receivers belong to places, not to people."""

from forum.base.registry import Fate, personal
from forum.hooks.models import Hook

NAMES = ("place", "dialect", "label", "host", "address", "secret", "feeds")
personal(Hook, owner=None, columns=dict.fromkeys(NAMES, Fate.NOBODY))
