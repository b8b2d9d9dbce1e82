"""The verbs of this room; consents and guardians go by their own names."""

from forum.privacy.service.erasing import WAIT as WAIT
from forum.privacy.service.erasing import ask as ask
from forum.privacy.service.erasing import erase as erase
from forum.privacy.service.erasing import taken as taken
from forum.privacy.service.erasing import withdraw as withdraw
