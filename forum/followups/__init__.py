"""Follow-up tasks: who carries out what was decided, who presses for it, and how it ended."""
