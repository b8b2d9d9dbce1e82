"""The pages of this room: one's own data, a child's, a guardian's, and the counter's."""

from forum.privacy.routes import child, counter, data, guardian

__all__ = ["child", "counter", "data", "guardian"]
