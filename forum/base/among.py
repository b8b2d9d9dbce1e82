"""`among(column, "keys")`: the column is one of many values, which are bound as one parameter.

An IN has a parameter for each value, so that its statement is written, prepared and filled anew
for each batch of another size. This one stays as it is.
"""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Dialect, Text, TypeDecorator, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine


class _Many(TypeDecorator[Collection[Any]]):
    """An array where the database has arrays, else JSON."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: TypeEngine[Any]) -> None:
        super().__init__()
        self.kind = kind

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """As what the values travel."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else ARRAY(self.kind))

    def process_bind_param(self, value: Collection[Any] | None, dialect: Dialect) -> Any:
        """The values in one."""
        values = list(value or ())
        return json.dumps(values) if dialect.name == "sqlite" else values


class among(FunctionElement[bool]):  # noqa: N801 - used like a function
    """A condition on a column; `name` is the parameter's."""

    inherit_cache = True

    def __init__(self, column: ColumnElement[Any], name: str) -> None:
        super().__init__(column, bindparam(name, type_=_Many(column.type)))


@compiles(among)
def _any(element: among, compiler: SQLCompiler, **more: Any) -> str:
    column, many = (compiler.process(one, **more) for one in element.clauses)
    return f"{column} = ANY ({many})"


@compiles(among, "sqlite")
def _in(element: among, compiler: SQLCompiler, **more: Any) -> str:
    column, many = (compiler.process(one, **more) for one in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({many}))"  # noqa: S608 - names and a place
