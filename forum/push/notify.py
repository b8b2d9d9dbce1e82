"""Nobody is told: the person has just done it, or the device has gone."""

from forum.base.registry import silent
from forum.push import events

silent(events.DeviceAdded, because="the person has just done it; the settings list it")
silent(events.DeviceRemoved, because="the settings list the devices that are left")
