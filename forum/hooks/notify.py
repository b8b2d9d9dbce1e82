"""Nobody is told: those who run a place see its receivers on their page."""

from forum.base.registry import silent
from forum.hooks import events

silent(events.HookMade, because="the page of those who run the place lists it")
silent(events.HookRemoved, because="the page of those who run the place lists what is left")
