"""The archive file: a ZIP of plain, stored files whose bytes depend on nothing but its contents.

No entry is compressed, every time is the same, and the order is that of the manifest: what is
exported twice is the same file twice. The manifest names every other file with size and digest
and is signed.
"""

from forum.base.zips import entry, file_name, inside, opened, readable

__all__ = ["entry", "file_name", "inside", "opened", "readable"]

FORM = "folkmoot.archive/1"
MANIFEST, SIGNATURE, KEY, INDEX = "manifest.json", "manifest.sig", "key.pem", "index.html"
# What neither the writer makes nor the reader takes; below what ZIP itself can hold.
MOST_FILES = 60_000
MOST_BYTES = 2_000_000_000
MOST_MANIFEST = 32_000_000
