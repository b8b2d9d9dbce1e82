"""Tables: a class whose annotated fields are its columns, mapped by SQLAlchemy; column types."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from inspect import get_annotations
from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    NamedTuple,
    Union,
    cast,
    dataclass_transform,
    get_args,
    get_origin,
)

import sqlalchemy
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeEngine

from forum.base.canonical import canonical

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_mapped = registry(metadata=metadata)
_TYPES = {
    bool: Boolean,
    bytes: LargeBinary,
    date: Date,
    float: Float,
    int: Integer,
    str: String,
}
_ABSENT: Any = object()


class _Said(NamedTuple):
    """What a field says of its column, beside its name and annotation."""

    default: Any = _ABSENT
    factory: Callable[[], Any] | None = None
    kind: TypeEngine[Any] | type[TypeEngine[Any]] | None = None
    target: str = ""
    ondelete: str | None = None
    more: Mapping[str, Any] = {}


def Field(  # noqa: N802  # stands where SQLModel's and dataclasses' fields stand
    *,
    default: Any = _ABSENT,
    default_factory: Callable[[], Any] | None = None,
    sa_type: TypeEngine[Any] | type[TypeEngine[Any]] | None = None,
    max_length: int | None = None,
    foreign_key: str = "",
    ondelete: str | None = None,
    primary_key: bool = False,
    index: bool = False,
    unique: bool = False,
    sa_column_kwargs: Mapping[str, Any] | None = None,
) -> Any:
    """What a column is beside its annotation, in SQLModel's words; `max_length` in characters."""
    if (sa_type is not None and max_length) or (ondelete and not foreign_key):
        raise TypeError("max_length goes without sa_type, and ondelete with foreign_key")
    more = {"primary_key": primary_key, "index": index, "unique": unique}
    more |= sa_column_kwargs or {}
    kind = String(max_length) if max_length else sa_type
    return _Said(default, default_factory, kind, foreign_key, ondelete, more)


@dataclass_transform(kw_only_default=True, field_specifiers=(Field,))
class Table:
    """Base of every table model. Table models do not validate: routes and services do.

    `class X(Table, table=True)` is mapped to the table `__tablename__`; a class without `table`
    lends its fields to its subclasses. Why SQLModel's classes do not stand here, though the words
    are theirs: docs/decisions/0079.
    """

    __table__: ClassVar[sqlalchemy.Table]
    __tablename__: ClassVar[str]
    __table_args__: ClassVar[tuple[Any, ...]] = ()  # constraints and indexes, then a dict, if any
    _fields: ClassVar[Mapping[str, tuple[Any, _Said]]] = {}

    def __init_subclass__(cls, *, table: bool = False) -> None:
        own = {
            name: _taken(cls, name, annotation)
            for name, annotation in get_annotations(cls).items()
            if cast("Any", get_origin(annotation)) is not ClassVar
        }
        lent = [vars(base).get("_fields", {}) for base in reversed(cls.__mro__[1:])]
        cls._fields = {name: field for fields in (*lent, own) for name, field in fields.items()}
        if table:
            columns = [_column(name, *field) for name, field in cls._fields.items()]
            items, ways = list(cls.__table_args__), {}
            if items and isinstance(items[-1], dict):
                ways = items.pop()
            made = sqlalchemy.Table(cls.__tablename__, metadata, *columns, *items, **ways)
            _mapped.map_imperatively(cls, made)

    def __init__(self, **values: Any) -> None:
        for name, (_, said) in self._fields.items():
            if name in values:
                setattr(self, name, values.pop(name))
            elif said.factory is not None:
                setattr(self, name, said.factory())
            elif said.default is not _ABSENT:
                setattr(self, name, said.default)
        if values:
            raise TypeError(f"{type(self).__name__} has no column {', '.join(values)}")

    if not TYPE_CHECKING:  # type checkers know the columns, unless they see this

        def __setattr__(self, name: str, value: Any) -> None:
            # What has no column would be lost without a word.
            if name not in self._fields and name != "_sa_instance_state":
                raise AttributeError(f"{type(self).__name__} has no column {name}")
            super().__setattr__(name, value)


def _taken(cls: type[Table], name: str, annotation: Any) -> tuple[Any, _Said]:
    """A field of a class, away from where the mapped attribute will stand."""
    given = vars(cls).get(name, _ABSENT)
    if given is not _ABSENT:
        delattr(cls, name)
    said = given if isinstance(given, _Said) else _Said(default=given)
    if said.default.__hash__ is None:
        raise TypeError(f"{name}: rows would share this default: give default_factory")
    return annotation, said


def _column(name: str, annotation: Any, said: _Said) -> Column[Any]:
    """A column; it may hold nothing where its annotation says `| None`."""
    union = get_origin(annotation) in (Union, UnionType)
    kinds = get_args(annotation) if union else (annotation,)
    [kind, *others] = [each for each in kinds if each is not NoneType]
    held = said.kind or (None if others else _TYPES.get(kind))
    if held is None or isinstance(kind, str):
        raise TypeError(f"{name}: {annotation} is no column's type: give sa_type, unquoted")
    more = {"nullable": NoneType in kinds and not said.more.get("primary_key"), **said.more}
    if said.factory is not None or said.default is not _ABSENT:
        more["default"] = said.factory or said.default  # for rows that no object is made of
    target = [ForeignKey(said.target, ondelete=said.ondelete)] if said.target else []
    return Column(name, held, *target, **more)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; SQLite holds it as text that sorts by time."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """A time zone is kept where the database has such a type."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name != "sqlite"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments: a time without a zone is a mistake."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """Small structured values as canonical JSON text: the same bytes on every database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Canonical text, so that digests over it are stable."""
        return None if value is None else canonical(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """The value again."""
        return None if value is None else json.loads(value)


# SQLite gives only INTEGER primary keys a value of its own accord.
BigId = BigInteger().with_variant(Integer(), "sqlite")
