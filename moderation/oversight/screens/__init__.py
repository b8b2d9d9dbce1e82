"""What is looked for in texts, one file each: a file that is here is a screen a place can set."""
