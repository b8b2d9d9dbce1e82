"""Scripts of facilitated sessions: a file here that defines `SCRIPT` is one that can be chosen."""
