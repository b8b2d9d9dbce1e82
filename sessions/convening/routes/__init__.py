"""The pages on which a meeting is drafted, prepared and answered; its roll; what is printed."""

from sessions.convening.routes import drafting, panels, papers, preparing, replying, rolls

__all__ = ["drafting", "panels", "papers", "preparing", "replying", "rolls"]
