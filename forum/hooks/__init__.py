"""Public news of a place, carried to group chats and other programs: robots and webhooks."""

from importlib import import_module
from pkgutil import iter_modules

from forum.hooks import dialects

for _found in iter_modules(dialects.__path__):
    import_module(f"{dialects.__name__}.{_found.name}")
import_module(f"{__name__}.sending")  # the channel registers when it is imported
