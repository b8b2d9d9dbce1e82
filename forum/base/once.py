"""A value made when it is first asked for, without the lock that Python 3.11 takes each time."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class once(Generic[T]):  # noqa: N801 - it reads as the decorator that it is
    """`functools.cached_property` as it is from Python 3.12 on, for what one thread uses."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self.make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, _owner: type[Any], name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type[Any]) -> "once[T]": ...
    @overload
    def __get__(self, instance: object, owner: type[Any]) -> T: ...
    def __get__(self, instance: object | None, owner: type[Any]) -> "once[T] | T":
        if instance is None:
            return self
        value = instance.__dict__[self.name] = self.make(instance)
        return value
