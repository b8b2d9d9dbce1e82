"""The pages of a reception and what is done there, by whose they are."""

from sessions.reception.routes import papers, public, register, visitor, word

__all__ = ["papers", "public", "register", "visitor", "word"]
