"""What a consultation talks about: a tree of items, each with its own life."""
