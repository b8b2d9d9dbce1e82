"""What just happened, on the screen of a telephone or computer: web push, for it alone to read."""

from importlib import import_module

import_module(f"{__name__}.sending")  # the channel registers when it is imported
