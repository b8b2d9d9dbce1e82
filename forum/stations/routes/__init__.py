"""The pages of this room: the tree and its places, committees and their terms, ways in."""

from forum.stations.routes import committees, entering, keeping, slips, tree

__all__ = ["committees", "entering", "keeping", "slips", "tree"]
