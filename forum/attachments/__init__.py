"""Files that people attach to what they write about: sent in pieces, described, bounded."""
