"""References: a thing, a stream and a place are all written kind:id."""

import re

# One spelling for each, and none that the database could not hold.
_IDENT = re.compile(r"0|[1-9][0-9]{0,17}")


def ref(kind: str, ident: int) -> str:
    """`ref("item", 7)` is "item:7"."""
    return f"{kind}:{ident}"


def parse(text: str) -> tuple[str, int]:
    """Split a reference; raises ValueError for what is none."""
    kind, colon, ident = text.partition(":")
    if not (colon and kind.isidentifier() and _IDENT.fullmatch(ident)):
        raise ValueError(f"not a reference: {text!r}")
    return kind, int(ident)
