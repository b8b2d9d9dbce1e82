"""The way in: role homes, the chain of a thing, the demo's personas. Reads all rooms."""
