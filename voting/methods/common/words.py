"""Sentences that are kept with a result and said in the reader's language."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from forum.base.i18n import N_, _


class Words(NamedTuple):
    """A sentence kept as its message and values, and translated where it is shown."""

    text: str
    values: "Mapping[str, int | str | Words]" = MappingProxyType({})

    def say(self) -> str:
        """The sentence in the current language."""
        spoken = {
            name: value.say() if isinstance(value, Words) else value
            for name, value in self.values.items()
        }
        return _(self.text) % spoken

    def pack(self) -> list[Any]:
        """As JSON, to be stored with a result."""
        packed = {
            name: value.pack() if isinstance(value, Words) else value
            for name, value in self.values.items()
        }
        return [self.text, packed]

    @classmethod
    def unpack(cls, packed: Sequence[Any]) -> "Words":
        """What `pack` packed."""
        text, values = packed
        return cls(
            text,
            {n: cls.unpack(v) if isinstance(v, list) else v for n, v in values.items()},
        )


def listed(names: Sequence[str]) -> "str | Words":
    """Several names as one value of a sentence: "a, b and c"."""
    if len(names) == 1:
        return names[0]
    return Words(N_("%(names)s and %(last)s"), {"names": row(names[:-1]), "last": names[-1]})


def row(parts: "Sequence[str | Words]") -> "str | Words":
    """Several parts as one value of a sentence: "a, b, c"."""
    # halved, so that a thousand nest ten deep
    if len(parts) == 1:
        return parts[0]
    half = len(parts) // 2
    return Words(N_("%(left)s, %(right)s"), {"left": row(parts[:half]), "right": row(parts[half:])})
