"""Types of meetings, one file each: being there is being offered."""
