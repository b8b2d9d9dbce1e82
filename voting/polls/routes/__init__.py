"""The pages of this room: a vote as its voters see it, its conduct, and how it is checked."""

from voting.polls.routes import checking, conduct, life, papers, representing, voting

__all__ = ["checking", "conduct", "life", "papers", "representing", "voting"]
