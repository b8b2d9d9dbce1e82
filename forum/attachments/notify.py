"""Who is told what about files."""

from forum.attachments import events
from forum.base import registry

registry.silent(events.FileAttached, because="the words that it belongs to tell of themselves")
registry.silent(events.FileDescribed, because="it stands with the picture")
registry.silent(events.FileRemoved, because="whoever removes it has just done it")
