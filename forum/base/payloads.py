"""What an event carries: frozen dataclasses by inheritance."""

from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, fields
from typing import Any, ClassVar, NoReturn, dataclass_transform


@dataclass_transform(frozen_default=True)
class Payload:
    """A frozen dataclass whose subclasses are such, too, without a decorator.

    `dataclass` would write and compile six methods for each of some 360 events, a tenth of a
    start, most of which a server never records; these do for all of them.
    """

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        dataclass(init=False, repr=False, eq=False)(cls)

    def __init__(self, *placed: Any, **named: Any) -> None:
        own = fields(self)
        given = dict(zip((field.name for field in own), placed, strict=False)) | named
        filled = {
            field.name: given[field.name] if field.name in given else self._default(field)
            for field in own
        }
        # What is one too many, or given twice, or unknown, is missing from what was filled.
        if len(placed) + len(named) > len(given) or not given.keys() <= filled.keys():
            raise TypeError(f"{type(self).__name__} takes each of these once: {', '.join(filled)}")
        vars(self).update(filled)

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        return vars(self) == vars(other) if type(self) is type(other) else NotImplemented

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in vars(self).items())})"

    def _default(self, field: Field[Any]) -> Any:
        if field.default is not MISSING:
            return field.default
        if field.default_factory is not MISSING:
            return field.default_factory()
        raise TypeError(f"{type(self).__name__} lacks {field.name}")
