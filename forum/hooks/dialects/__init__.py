"""How each kind of receiver wants to be told; one file each, which registers itself."""
