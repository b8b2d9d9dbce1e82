"""Table models and payloads: what a class of annotated fields becomes."""

from collections.abc import Iterator
from dataclasses import FrozenInstanceError, field, fields
from enum import StrEnum
from typing import Any, ClassVar, Optional
from unittest.mock import ANY

import pytest
from sqlalchemy import BigInteger, Index, Integer, String, create_engine, insert, inspect, select
from sqlmodel import Session, col

from forum.base.payloads import Payload
from forum.base.tables import Field, Json, Table, metadata


class Colour(StrEnum):
    """Of a cup."""

    RED = "red"
    BLUE = "blue"


class _Vessel(Table):
    """What several tables have."""

    id: int = Field(default=None, primary_key=True)
    shelf_id: int | None = Field(default=None, foreign_key="shelf.id", ondelete="SET NULL")


class Shelf(Table, table=True):
    """Where they stand (in tests only)."""

    __tablename__ = "shelf"

    id: int = Field(default=None, primary_key=True)
    name: str = Field(max_length=20, unique=True)


class Cup(_Vessel, table=True):
    """In tests only."""

    __tablename__ = "cup"
    __table_args__ = (Index("ix_cup_by_size", "size", "colour"), {"sqlite_with_rowid": True})

    size: int
    colour: Colour = Field(default=Colour.RED, sa_type=String(10))
    full: bool = False
    marks: list[str] = Field(default_factory=list, sa_type=Json)
    grams: int | None = Field(default=None, sa_type=BigInteger, index=True)


class Jug(_Vessel, table=True):
    """In tests only."""

    __tablename__ = "jug"


MADE = [metadata.tables[name] for name in ("shelf", "cup", "jug")]
for made in MADE:  # no room's tables: the house rules and other tests do not count them
    metadata.remove(made)


@pytest.fixture
def db() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        for table in MADE:
            table.create(connection)
    with Session(engine) as session:
        yield session
    engine.dispose()


def test_an_annotation_is_a_column() -> None:
    columns = Cup.__table__.c
    assert columns.keys() == ["id", "shelf_id", "size", "colour", "full", "marks", "grams"]
    assert columns.id.primary_key
    assert not columns.id.nullable
    assert isinstance(columns.size.type, Integer)
    assert isinstance(columns.grams.type, BigInteger)
    assert str(columns.colour.type) == "VARCHAR(10)"
    assert str(Shelf.__table__.c.name.type) == "VARCHAR(20)"
    nullable = [column.name for column in columns if column.nullable]
    assert nullable == ["shelf_id", "grams"]


def test_keys_and_indexes_bear_the_names_of_the_convention() -> None:
    names = {index.name for index in Cup.__table__.indexes}
    assert names == {"ix_cup_by_size", "ix_cup_grams"}
    [key] = Cup.__table__.foreign_key_constraints
    assert (key.name, key.ondelete) == ("fk_cup_shelf_id_shelf", "SET NULL")
    # The fields of a base class make columns of their own in each table.
    assert Jug.__table__.c.shelf_id is not Cup.__table__.c.shelf_id
    assert Jug.__table__.c.keys() == ["id", "shelf_id"]


def test_a_fresh_object_has_its_defaults_before_it_is_written(db: Session) -> None:
    one, two = Cup(size=3), Cup(size=4, colour=Colour.BLUE, full=True)
    assert (one.colour, one.full, one.grams) == (Colour.RED, False, None)
    one.marks.append("chipped")
    assert two.marks == []
    db.add_all([one, two])
    db.commit()
    found = db.execute(select(col(Cup.colour), col(Cup.marks)).order_by(col(Cup.id))).all()
    assert [tuple(row) for row in found] == [("red", ["chipped"]), ("blue", [])]
    assert inspect(one).persistent


def test_a_row_that_no_object_is_made_of_has_them_too(db: Session) -> None:
    db.execute(insert(Cup).values(size=1))
    cup = db.scalars(select(Cup)).one()
    assert (cup.colour, cup.full, cup.marks, cup.grams) == ("red", False, [], None)


def test_an_unknown_column_is_refused() -> None:
    wrong: dict[str, Any] = {"weight": 2}
    with pytest.raises(TypeError, match="Cup has no column weight"):
        Cup(size=1, **wrong)


def test_a_value_without_a_column_is_refused() -> None:
    cup = Cup(size=1)
    for name, value in {"grams": 200, "full": True}.items():
        setattr(cup, name, value)
    assert (cup.grams, cup.full) == (200, True)
    for name in ("weight", "_grams"):
        with pytest.raises(AttributeError, match=f"Cup has no column {name}"):
            setattr(cup, name, 2)


def test_a_column_may_hold_nothing_where_the_annotation_says_so() -> None:
    class Bowl(Table, table=True):
        """In tests only."""

        __tablename__ = "bowl"
        LARGEST: ClassVar[int] = 3

        id: int = Field(default=None, primary_key=True)
        one: Optional[Colour] = Field(default=None, sa_type=String(10))  # noqa: UP045
        two: None | int = None  # noqa: RUF036
        both: int | str = Field(sa_type=Json)
        three: int

    metadata.remove(Bowl.__table__)
    nullable = {column.name: column.nullable for column in Bowl.__table__.c}
    assert nullable == {"id": False, "one": True, "two": True, "both": False, "three": False}
    assert Bowl.LARGEST == 3


def test_the_fields_of_all_bases_are_there() -> None:
    class _Handled(Table):
        """What several tables have."""

        handle: str

    class Mug(_Vessel, _Handled, table=True):
        """In tests only."""

        __tablename__ = "mug"

        full: bool = False

    metadata.remove(Mug.__table__)
    assert Mug.__table__.c.keys() == ["handle", "id", "shelf_id", "full"]


@pytest.mark.parametrize("wish", [{"max_length": 4, "sa_type": Json}, {"ondelete": "CASCADE"}])
def test_a_wish_that_would_be_lost_is_refused(wish: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="max_length goes without sa_type, and ondelete with"):
        Field(**wish)


def test_a_default_that_rows_would_share_is_refused() -> None:
    with pytest.raises(TypeError, match="marks: rows would share this default"):
        type("Tray", (Table,), {"__annotations__": {"marks": list}, "marks": []})


@pytest.mark.parametrize("annotation", [Colour, "int", int | str, dict[str, int]])
def test_a_type_without_a_column_is_refused(annotation: Any) -> None:
    names = {"__annotations__": {"colour": annotation}, "__tablename__": "tray"}
    with pytest.raises(TypeError, match="is no column's type: give sa_type"):
        type("Tray", (Table,), names, table=True)


class Poured(Payload):
    """In tests only."""

    cup: int
    what: str = "tea"
    to: list[int] = field(default_factory=list)


class Emptied(Payload):
    """In tests only."""

    cup: int


def test_a_payload_takes_its_fields_as_a_dataclass_does() -> None:
    assert [each.name for each in fields(Poured)] == ["cup", "what", "to"]
    poured = Poured(3, to=[4])
    assert (poured.cup, poured.what, poured.to) == (3, "tea", [4])
    assert repr(poured) == "Poured(cup=3, what='tea', to=[4])"
    assert poured == Poured(3, "tea", [4])
    assert poured != Poured(4, "tea", [4])
    assert poured == ANY
    assert {Emptied(1), Emptied(1), Emptied(2)} == {Emptied(1), Emptied(2)}
    one, two = Poured(1), Poured(2)
    one.to.append(1)
    assert two.to == []


@pytest.mark.parametrize(
    ("placed", "named", "words"),
    [
        ((), {}, "Poured lacks cup"),
        ((1, "tea", [], 4), {}, "Poured takes each of these once: cup, what, to"),
        ((1,), {"cup": 1}, "Poured takes each of these once: cup, what, to"),
        ((1,), {"where": 1}, "Poured takes each of these once: cup, what, to"),
    ],
)
def test_a_payload_is_whole(placed: tuple[Any, ...], named: dict[str, Any], words: str) -> None:
    with pytest.raises(TypeError, match=words):
        Poured(*placed, **named)


@pytest.mark.parametrize("name", ["cup", "colour"])
def test_a_payload_cannot_be_changed(name: str) -> None:
    poured = Poured(1)
    with pytest.raises(FrozenInstanceError):
        setattr(poured, name, 2)
    with pytest.raises(FrozenInstanceError):
        delattr(poured, name)
    assert poured == Poured(1)
