"""Where imported things come from: what a later import of the same source finds again."""

from datetime import datetime

from sqlalchemy import UniqueConstraint

from forum.base.tables import Field, Table, UtcDateTime


class ImportSource(Table, table=True):
    """One conversation elsewhere, and the consultation and item that it became here."""

    __tablename__ = "import_source"

    id: int = Field(default=None, primary_key=True)
    kind: str
    # Where it lives; not every export says so. The fingerprint is taken from its beginning.
    address: str = Field(index=True)
    fingerprint: str = Field(index=True)
    # Of the files that were read last: the same again changes nothing.
    digest: str
    consultation_id: int = Field(foreign_key="consultation.id")
    item_id: int = Field(foreign_key="item.id")
    imported_at: datetime = Field(sa_type=UtcDateTime)


class ImportedPerson(Table, table=True):
    """Who somebody elsewhere is here: a member that cannot sign in."""

    __tablename__ = "import_person"

    source_id: int = Field(foreign_key="import_source.id", primary_key=True)
    key: str = Field(primary_key=True)
    member_id: int = Field(foreign_key="member.id", index=True)


class ImportedStatement(Table, table=True):
    """Which argument a statement elsewhere is here, and how it stood when it was last read."""

    __tablename__ = "import_statement"
    __table_args__ = (UniqueConstraint("argument_id"),)

    source_id: int = Field(foreign_key="import_source.id", primary_key=True)
    key: str = Field(primary_key=True)
    argument_id: int = Field(foreign_key="argument.id")
    text_digest: str
    review: str
