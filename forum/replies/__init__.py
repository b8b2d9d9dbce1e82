"""Answers by mail: a letter to a signed address becomes an argument or a note on a task, once."""

from importlib import import_module

# The two ports register when they are imported.
for _port in ("imap", "lmtp"):
    import_module(f"{__name__}.{_port}")
