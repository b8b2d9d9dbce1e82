"""People: who they are, how they sign in, what they may do where, and what they are told."""
