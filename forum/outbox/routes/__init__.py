"""The pages of this room: what one is told, what one follows, the end of letters, the mailbox."""

from forum.outbox.routes import following, letters, mailbox

__all__ = ["following", "letters", "mailbox"]
