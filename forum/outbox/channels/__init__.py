"""The ways out; one file each, which registers itself."""
