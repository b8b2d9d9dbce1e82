"""What a sitting leaves behind: its minutes, what was decided, and what came of it."""
