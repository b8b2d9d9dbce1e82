"""What of the preparation somebody reads; each part in a file of its own."""

from sessions.convening.queries import intake as intake
from sessions.convening.queries import preparing as preparing
from sessions.convening.queries import proxies as proxies
from sessions.convening.queries import replies as replies
from sessions.convening.queries import roll as roll
